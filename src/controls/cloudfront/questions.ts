import {
  type Answer,
  all,
  answer,
  any,
  ask,
  everyItem,
  isNumber,
  isOneOf,
  isSet,
  NO,
  not,
  someItem,
  YES,
} from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, referenceFrom, stringFrom, type Value } from '../../model/value.ts';
import { hasItems, present } from '../questions.ts';

/** Whether a viewer certificate is one from ACM or IAM instead of CloudFront's own. */
export function ownCertificate(value: Value, whenAbsent: Answer): Answer {
  if (value.kind === 'absent') return whenAbsent;
  if (value.kind === 'unknown') return { is: 'unknown', undecided: [value] };
  return any([isSet(get(value, 'AcmCertificateArn')), isSet(get(value, 'IamCertificateId'))]);
}

/** Whether every cache behaviour, the default one included, sends or demands HTTPS. */
export function httpsOnly(config: Value, whenAbsent: Answer): Answer {
  if (config.kind === 'absent') return whenAbsent;
  const behaviours = get(config, 'DefaultCacheBehavior');
  return all([
    behaviours.kind === 'absent' ? YES : isHttps(behaviours),
    everyItem(get(config, 'CacheBehaviors'), isHttps),
  ]);
}

function isHttps(behaviour: Value): Answer {
  return isOneOf(get(behaviour, 'ViewerProtocolPolicy'), ['https-only', 'redirect-to-https']);
}

/** Whether some origin group has two members or more. */
export function failsOver(groups: Value, whenAbsent: Answer): Answer {
  if (groups.kind === 'absent') return whenAbsent;
  return someItem(get(groups, 'Items'), (group) =>
    any([
      isNumber(get(group, 'Members', 'Quantity'), (count) => count >= 2),
      hasItems(2)(get(group, 'Members', 'Items'), NO),
    ]),
  );
}

/** Whether an origin is a bucket that is read through S3's own interface (not its website). */
export function isBucketOrigin(origin: Value): Answer {
  const domain = get(origin, 'DomainName');
  const reference = referenceFrom(domain);
  if (reference) return answer(reference.attribute.endsWith('DomainName'));
  if (domain.kind === 'unknown' && get(origin, 'S3OriginConfig').kind !== 'absent') return YES;
  return ask(domain, (each) => /\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(stringFrom(each) ?? ''));
}

/** Whether every bucket origin is reached through an origin access control. */
export function controlsOrigins(origins: Value, whenAbsent: Answer): Answer {
  if (origins.kind === 'absent') return whenAbsent;
  return everyItem(origins, (origin) =>
    any([not(isBucketOrigin(origin)), present(get(origin, 'OriginAccessControlId'), NO)]),
  );
}

/** Whether every other origin is reached by HTTPS (`match-viewer` counts when viewers must use HTTPS). */
export function encryptsOrigins(config: Value, whenAbsent: Answer): Answer {
  if (config.kind === 'absent') return whenAbsent;
  const viewers = httpsOnly(config, NO);
  return everyItem(get(config, 'Origins'), (origin) => {
    const custom = get(origin, 'CustomOriginConfig');
    if (custom.kind === 'absent') return YES;
    const policy = get(custom, 'OriginProtocolPolicy');
    return any([isOneOf(policy, ['https-only']), all([isOneOf(policy, ['match-viewer']), viewers])]);
  });
}

/** Whether no origin may be spoken to by SSLv3. */
export function modernOrigins(origins: Value, whenAbsent: Answer): Answer {
  if (origins.kind === 'absent') return whenAbsent;
  return not(
    someItem(origins, (origin) =>
      someItem(get(origin, 'CustomOriginConfig', 'OriginSSLProtocols'), (item) => isOneOf(item, ['SSLv3'])),
    ),
  );
}

/** Whether some origin is a bucket: only then is there a default root object to name. */
export function hasBucketOrigin(distribution: Resource): Answer {
  const config = get(distribution.properties, 'DistributionConfig');
  if (get(config, 'S3Origin').kind !== 'absent') return YES;
  const origins = get(config, 'Origins');
  return origins.kind === 'absent' ? YES : someItem(origins, isBucketOrigin);
}

/** Whether every bucket origin is reached with an identity: an access control, or the older access identity. */
export function identifiesItself(config: Value, whenAbsent: Answer): Answer {
  if (config.kind === 'absent') return whenAbsent;
  const legacy = get(config, 'S3Origin');
  return all([
    legacy.kind === 'absent' ? YES : present(get(legacy, 'OriginAccessIdentity'), NO),
    everyItem(get(config, 'Origins'), (origin) =>
      any([
        not(isBucketOrigin(origin)),
        present(get(origin, 'OriginAccessControlId'), NO),
        present(get(origin, 'S3OriginConfig', 'OriginAccessIdentity'), NO),
      ]),
    ),
  ]);
}
