import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { all, ask, isOneOf, isTrue, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom } from '../../model/value.ts';
import { DATABASE_TYPES } from '../databases.ts';
import { on, partial, presenceOf, rollUp } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { atBucket } from './buckets.ts';
import { atDatabase } from './databases.ts';
import { atDistribution } from './distributions.ts';
import { FACETS } from './facets.ts';
import { atClassicLoadBalancer, atListener } from './listeners.ts';
import { tlsRemedy } from './remedy.ts';

/**
 * Encryption on the way: from the viewer to the front, from there to the origin, and from the
 * application to the database, the bucket and the cache. Sources are named beside each place.
 */
export const definition = safeguard({
  id: 'tls',
  name: text('TLS (HTTPS)', 'TLS(SSL接続・HTTPS)'),
  alsoKnownAs: ['SSL', 'SSL接続', 'HTTPS', '通信の暗号化', 'SSL/TLS'],
  factor: 'vulnerability',
  effect: 'block',
  price: 'free',
  stops: text(
    'Reading or changing what travels over the network: passwords, sessions and personal data.',
    '通信経路での盗聴と改ざん(パスワード、セッション、個人情報)。',
  ),
  doesNotStop: text(
    'Attacks inside the encrypted connection, a compromised server, and data at rest.',
    '暗号化された通信の中の攻撃、侵害されたサーバー、保存されているデータの窃取。',
  ),
  confusedWith: text(
    'TLS encrypts the way; encryption at rest encrypts the disk; ACM issues the certificate that TLS needs.',
    'TLSは通信経路を、保管時の暗号化はディスクを暗号化します。ACMはTLSに必要な証明書を発行するサービスです。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancing::LoadBalancer',
    'AWS::CloudFront::Distribution',
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGatewayV2::Stage',
    'AWS::S3::Bucket',
    'AWS::ElastiCache::ReplicationGroup',
    ...DATABASE_TYPES,
  ],
  presence: presenceAt,
  remedy: tlsRemedy,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::ElasticLoadBalancingV2::Listener':
      return atListener(graph, place);
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return atClassicLoadBalancer(place);
    case 'AWS::CloudFront::Distribution':
      return atDistribution(place);
    case 'AWS::ApiGateway::DomainName':
      return atApiDomain(place);
    case 'AWS::S3::Bucket':
      return atBucket(graph, place);
    case 'AWS::ElastiCache::ReplicationGroup':
      return atCache(place);
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return atDatabase(graph, place);
    default:
      return alwaysHttps();
  }
}

/** API Gateway endpoints answer on HTTPS only; what can be chosen is a custom domain's security policy. */
function alwaysHttps(): Presence {
  return rollUp([
    {
      facet: FACETS.listener,
      presence: on(text('API Gateway serves HTTPS only', 'API GatewayはHTTPSだけで応答します')),
    },
  ]);
}

function atApiDomain(domain: Resource): Presence {
  const policy = property(domain, 'SecurityPolicy');
  return rollUp([
    {
      facet: FACETS.policy,
      presence: presenceOf(
        ask(policy, (each) => !(stringFrom(each) ?? '').startsWith('TLS_1_0'), undecided(policy)),
        {
          on: text('the domain needs TLS 1.2 or newer', 'このドメインはTLS 1.2以降を要求します'),
          off: text('the domain accepts TLS 1.0', 'このドメインはTLS 1.0も受け入れます'),
          unknown: text(
            'the security policy is not written down',
            'セキュリティポリシーが明示されていません',
          ),
        },
        policy,
      ),
    },
  ]);
}

function atCache(group: Resource): Presence {
  const encrypted = property(group, 'TransitEncryptionEnabled');
  const mode = property(group, 'TransitEncryptionMode');
  const both = all([isTrue(encrypted), isOneOf(mode, ['preferred'])]);
  const presence =
    both.is === 'yes'
      ? partial(
          text('encryption is preferred, not required', '暗号化は任意(preferred)で、必須ではありません'),
          mode,
        )
      : presenceOf(
          isTrue(encrypted),
          {
            on: text('connections to the cache are encrypted', 'キャッシュへの接続は暗号化されます'),
            off: text('connections to the cache are plain', 'キャッシュへの接続は平文です'),
            unknown: text(
              'whether connections are encrypted is not decided',
              '接続を暗号化するかどうかが未確定です',
            ),
          },
          encrypted,
        );
  return rollUp([{ facet: FACETS.cache, presence }]);
}
