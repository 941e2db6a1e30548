import { text } from '../../kernel/texts.ts';
import { type Answer, all, ask, isOneOf, isTrue, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { presenceOf, rollUp } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';

/**
 * TLS of a distribution: viewers (every cache behaviour), the TLS version and the way to the origins.
 * Source: CloudFront developer guide, "Require HTTPS for communication between viewers and CloudFront",
 * "Supported protocols and ciphers" (the default certificate allows TLSv1 whatever is written) and
 * "Require HTTPS for communication between CloudFront and your custom origin".
 */
export function atDistribution(distribution: Resource): Presence {
  const config = property(distribution, 'DistributionConfig');
  const behaviours = [get(config, 'DefaultCacheBehavior'), ...itemsOf(get(config, 'CacheBehaviors'))];
  const viewer = all(behaviours.map(requiresHttps));
  const origins = itemsOf(get(config, 'Origins'));
  return rollUp([
    {
      facet: FACETS.listener,
      presence: presenceOf(
        viewer,
        {
          on: text('every cache behaviour requires HTTPS', 'すべてのキャッシュビヘイビアがHTTPSを要求します'),
          off: text(
            'a cache behaviour serves plain HTTP',
            '平文のHTTPで応答するキャッシュビヘイビアがあります',
          ),
          unknown: text(
            'the viewer protocol policy is not decided',
            'ビューワープロトコルポリシーが未確定です',
          ),
        },
        plainBehaviour(behaviours),
      ),
    },
    {
      facet: FACETS.policy,
      presence: presenceOf(
        minimumVersion(get(config, 'ViewerCertificate')),
        {
          on: text('viewers need TLS 1.2 or newer', '閲覧者にTLS 1.2以降を要求します'),
          off: text('viewers may use TLS 1.0 or 1.1', '閲覧者はTLS 1.0や1.1でも接続できます'),
          unknown: text('the minimum TLS version is not decided', '最低TLSバージョンが未確定です'),
        },
        get(config, 'ViewerCertificate'),
      ),
    },
    {
      facet: FACETS.origin,
      presence: presenceOf(
        all(origins.map((origin) => encryptedToOrigin(origin, viewer))),
        {
          on: text('the way to every origin is HTTPS', 'すべてのオリジンまでHTTPSです'),
          off: text('an origin is asked over plain HTTP', '平文のHTTPで接続するオリジンがあります'),
          unknown: text(
            'the origin protocol policy is not decided',
            'オリジンプロトコルポリシーが未確定です',
          ),
        },
        plainOrigin(origins, viewer),
      ),
    },
  ]);
}

/** A behaviour must say it; one that does not is not decided. */
export function requiresHttps(behaviour: Value): Answer {
  const policy = get(behaviour, 'ViewerProtocolPolicy');
  return isOneOf(policy, ['redirect-to-https', 'https-only'], undecided(policy));
}

function plainBehaviour(behaviours: readonly Value[]): Value | undefined {
  return behaviours.find((each) => stringFrom(get(each, 'ViewerProtocolPolicy')) === 'allow-all');
}

/** Whether viewers need TLS 1.2 or newer. */
export function minimumVersion(certificate: Value): Answer {
  if (hasDefaultCertificate(certificate)) return NO;
  return ask(get(certificate, 'MinimumProtocolVersion'), (version) =>
    /^TLSv1\.[23]_20\d\d$/.test(stringFrom(version) ?? ''),
  );
}

/** Whether viewers get CloudFront's own certificate, with which they may use TLS 1.0 whatever is written. */
export function hasDefaultCertificate(certificate: Value): boolean {
  if (certificate.kind === 'absent') return true;
  return isTrue(get(certificate, 'CloudFrontDefaultCertificate')).is === 'yes';
}

/** S3 origins and `match-viewer` follow the viewer's protocol. */
export function encryptedToOrigin(origin: Value, viewer: Answer): Answer {
  const policy = get(origin, 'CustomOriginConfig', 'OriginProtocolPolicy');
  if (policy.kind === 'absent') return get(origin, 'VpcOriginConfig').kind === 'absent' ? viewer : YES;
  const httpsOnly = isOneOf(policy, ['https-only']);
  return isOneOf(policy, ['match-viewer']).is === 'yes' ? viewer : httpsOnly;
}

function plainOrigin(origins: readonly Value[], viewer: Answer): Value | undefined {
  return origins.find((origin) => encryptedToOrigin(origin, viewer).is === 'no');
}
