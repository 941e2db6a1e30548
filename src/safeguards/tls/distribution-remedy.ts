import { type Text, text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, type Value } from '../../model/value.ts';
import { ref, setProperty } from '../edits.ts';
import { property } from '../values.ts';
import { encryptedToOrigin, hasDefaultCertificate, minimumVersion, requiresHttps } from './distributions.ts';

const SUMMARY = text(
  'Require HTTPS from viewers and to the origins, with TLS 1.2 or newer.',
  '閲覧者からもオリジンへもHTTPS(TLS 1.2以降)を必須にします。',
);

const CERTIFICATE_NEEDED = text(
  'a certificate of ACM in us-east-1 for your domain (parameter ViewerCertificateArn)',
  'us-east-1リージョンにある自分のドメインのACM証明書(パラメータViewerCertificateArn)',
);

const ORIGINS_NEEDED = text('origins that answer on HTTPS', 'HTTPSで応答するオリジン');

const TLS_1_2 = 'TLSv1.2_2021';

/** What a distribution lacks so that nothing travels in the clear; what is right already stays as it is. */
export function distributionRemedy(distribution: Resource): Remedy {
  const origins = originEdits(distribution);
  const certificate = certificateEdits(distribution);
  const needs: readonly Text[] = [
    ...(JSON.stringify(certificate).includes('ViewerCertificateArn') ? [CERTIFICATE_NEEDED] : []),
    ...(origins.length > 0 ? [ORIGINS_NEEDED] : []),
  ];
  return {
    summary: SUMMARY,
    edits: [...behaviourEdits(distribution), ...origins, ...certificate],
    ...(needs.length > 0 ? { needs } : {}),
  };
}

function behaviourEdits(distribution: Resource): readonly Edit[] {
  const config = property(distribution, 'DistributionConfig');
  const behaviours: readonly (readonly [string, Value])[] = [
    ['DefaultCacheBehavior', get(config, 'DefaultCacheBehavior')],
    ...itemsOf(get(config, 'CacheBehaviors')).map(
      (each, index) => [`CacheBehaviors.${index}`, each] as const,
    ),
  ];
  return behaviours
    .filter(([, behaviour]) => requiresHttps(behaviour).is !== 'yes')
    .map(([path]) =>
      setProperty(distribution, `DistributionConfig.${path}.ViewerProtocolPolicy`, 'redirect-to-https'),
    );
}

function originEdits(distribution: Resource): readonly Edit[] {
  return itemsOf(property(distribution, 'DistributionConfig', 'Origins')).flatMap((origin, index) =>
    get(origin, 'CustomOriginConfig').kind === 'map' && encryptedToOrigin(origin, YES).is !== 'yes'
      ? [
          setProperty(
            distribution,
            `DistributionConfig.Origins.${index}.CustomOriginConfig.OriginProtocolPolicy`,
            'https-only',
          ),
        ]
      : [],
  );
}

/** A certificate of one's own is kept: only the default one of CloudFront cannot ask for TLS 1.2. */
function certificateEdits(distribution: Resource): readonly Edit[] {
  const path = 'DistributionConfig.ViewerCertificate';
  const certificate = property(distribution, 'DistributionConfig', 'ViewerCertificate');
  if (minimumVersion(certificate).is === 'yes') return [];
  if (!hasDefaultCertificate(certificate)) {
    return [setProperty(distribution, `${path}.MinimumProtocolVersion`, TLS_1_2)];
  }
  return [
    setProperty(distribution, path, {
      AcmCertificateArn: ref('ViewerCertificateArn'),
      SslSupportMethod: 'sni-only',
      MinimumProtocolVersion: TLS_1_2,
    }),
  ];
}
