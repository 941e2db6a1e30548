import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, EditValue, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import { addResource, appendPath, getAtt, logicalId, ref, rewritten, setProperty, sub } from '../edits.ts';
import { property } from '../values.ts';
import { databaseRemedy } from './database-remedy.ts';
import { distributionRemedy } from './distribution-remedy.ts';

/** A policy that accepts TLS 1.2 with forward secrecy, and TLS 1.3. */
const CURRENT_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

const DOMAIN_NEEDED = text(
  'a domain name that you own, and its public hosted zone in Route 53 (parameters DomainName and HostedZoneId)',
  '自分で所有するドメイン名と、そのRoute 53パブリックホストゾーン(パラメータDomainNameとHostedZoneId)',
);

/** What to change at a place so that nothing travels in the clear. */
export function tlsRemedy(graph: ResourceGraph, place: Resource): Remedy {
  switch (place.type) {
    case 'AWS::ElasticLoadBalancingV2::Listener':
      return listenerRemedy(graph, place);
    case 'AWS::CloudFront::Distribution':
      return distributionRemedy(place);
    case 'AWS::S3::Bucket':
      return bucketRemedy(graph, place);
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return databaseRemedy(graph, place);
    case 'AWS::ElastiCache::ReplicationGroup':
      return {
        summary: text(
          'Require encryption on connections to the cache.',
          'キャッシュへの接続の暗号化を必須にします。',
        ),
        edits: [
          setProperty(place, 'TransitEncryptionEnabled', true),
          setProperty(place, 'TransitEncryptionMode', 'required'),
        ],
      };
    case 'AWS::ApiGateway::DomainName':
      return {
        summary: text('Require TLS 1.2 at the custom domain.', 'カスタムドメインでTLS 1.2を必須にします。'),
        edits: [setProperty(place, 'SecurityPolicy', 'TLS_1_2')],
      };
    default:
      return {
        summary: text(
          'Use HTTPS or SSL listeners with a certificate of ACM.',
          'ACMの証明書を使うHTTPSまたはSSLリスナーに変更します。',
        ),
        edits: [],
        needs: [DOMAIN_NEEDED],
      };
  }
}

function listenerRemedy(graph: ResourceGraph, listener: Resource): Remedy {
  const protocol = stringFrom(property(listener, 'Protocol'));
  if (protocol === 'HTTPS' || protocol === 'TLS') {
    return {
      summary: text('Accept TLS 1.2 and newer only.', 'TLS 1.2以降だけを受け入れるようにします。'),
      edits: [setProperty(listener, 'SslPolicy', CURRENT_POLICY)],
    };
  }
  const secure = secureSibling(graph, listener);
  const target = secure?.name ?? logicalId(listener, 'Https');
  return {
    summary: text(
      'Serve HTTPS with a certificate of ACM and redirect plain HTTP to it.',
      'ACMの証明書でHTTPSを提供し、平文のHTTPはHTTPSへリダイレクトします。',
    ),
    edits: [
      ...(secure ? [] : [...secureListener(listener, target), ...openedForHttps(graph, listener)]),
      ...graph
        .referrersOfType(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule')
        .map((rule) => setProperty(rule, 'ListenerArn', ref(target))),
      setProperty(listener, 'DefaultActions', [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ]),
    ],
    needs: secure ? [] : [DOMAIN_NEEDED],
  };
}

/** An HTTPS listener of the same load balancer. */
function secureSibling(graph: ResourceGraph, listener: Resource): Resource | undefined {
  const loadBalancer = graph.target(property(listener, 'LoadBalancerArn'));
  if (!loadBalancer) return undefined;
  return graph
    .referrersOfType(loadBalancer, 'AWS::ElasticLoadBalancingV2::Listener')
    .find((each) => stringFrom(property(each, 'Protocol')) === 'HTTPS');
}

/** Whoever is admitted to port 80 of the load balancer is admitted to port 443 as well, else nobody gets through. */
function openedForHttps(graph: ResourceGraph, listener: Resource): readonly Edit[] {
  const loadBalancer = graph.target(property(listener, 'LoadBalancerArn'));
  if (!loadBalancer) return [];
  return itemsOf(property(loadBalancer, 'SecurityGroups')).flatMap((item) => {
    const group = graph.target(item);
    const rules = group ? itemsOf(property(group, 'SecurityGroupIngress')) : [];
    if (!group || rules.some((rule) => admits(rule, HTTPS_PORT))) return [];
    const plain = rules.filter((rule) => admits(rule, HTTP_PORT));
    return plain.map((rule, index) =>
      setProperty(group, `SecurityGroupIngress.${rules.length + index}`, {
        ...(rewritten(rule) as { readonly [key: string]: EditValue }),
        FromPort: HTTPS_PORT,
        ToPort: HTTPS_PORT,
      }),
    );
  });
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

function admits(rule: Value, port: number): boolean {
  if (rule.kind !== 'map') return false;
  if (stringFrom(get(rule, 'IpProtocol')) === '-1') return true;
  const from = numberFrom(get(rule, 'FromPort'));
  const to = numberFrom(get(rule, 'ToPort'));
  return from !== undefined && to !== undefined && from <= port && port <= to;
}

/** A new HTTPS listener that does what the plain one did; where that only redirected, it finds nothing. */
function secureListener(listener: Resource, name: string): readonly Edit[] {
  const certificate = logicalId(listener, 'Certificate');
  const actions = property(listener, 'DefaultActions');
  const redirects = itemsOf(actions).some((each) => stringFrom(get(each, 'Type')) === 'redirect');
  return [
    addResource(certificate, 'AWS::CertificateManager::Certificate', certificateProperties()),
    addResource(name, 'AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: rewritten(property(listener, 'LoadBalancerArn')),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: CURRENT_POLICY,
      Certificates: [{ CertificateArn: ref(certificate) }],
      DefaultActions: redirects
        ? [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]
        : rewritten(actions),
    }),
  ];
}

/** The properties of a certificate that renews by itself. */
export function certificateProperties(): { readonly [key: string]: EditValue } {
  return {
    DomainName: ref('DomainName'),
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: ref('DomainName'), HostedZoneId: ref('HostedZoneId') }],
  };
}

function bucketRemedy(graph: ResourceGraph, bucket: Resource): Remedy {
  const statement: EditValue = {
    Sid: 'DenyPlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [getAtt(bucket, 'Arn'), sub(`{${bucket.name}.Arn}/*`)],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const summary = text('Deny plain HTTP in the bucket policy.', 'バケットポリシーで平文のHTTPを拒否します。');
  const policy = graph.referrersOfType(bucket, 'AWS::S3::BucketPolicy')[0];
  if (policy) {
    return {
      summary,
      edits: [setProperty(policy, appendPath(policy, 'PolicyDocument.Statement'), statement)],
    };
  }
  return {
    summary,
    edits: [
      addResource(logicalId(bucket, 'Policy'), 'AWS::S3::BucketPolicy', {
        Bucket: ref(bucket),
        PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
      }),
    ],
  };
}
