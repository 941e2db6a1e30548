import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { append, set } from '../change.ts';
import { denyPlainHttp } from '../log-bucket.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, itemsOf, type Json, read, referrersOf } from '../place.ts';
import { databaseTls } from './database-tls.ts';

/** TLS 1.3 and 1.2 with forward secrecy, and hybrid post-quantum key exchange. */
export const LISTENER_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

const OLD_POLICY = /TLS-?1-[01]|2015-05|2016-08|^ELBSecurityPolicy-(FS-2018-06|TLS13-1-[01])/;

/** Types at which `TlsSafeguard` attaches. */
export const TLS_PLACES = [
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::CloudFront::Distribution',
  'AWS::ApiGateway::DomainName',
  'AWS::S3::Bucket',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
] as const;

export interface TlsSafeguardProps {
  /** A listener, distribution, API domain name, bucket or database. */
  readonly place: IConstruct;
}

/**
 * Encrypts the way to one place: HTTP listeners forward to HTTPS where the load balancer has an HTTPS listener,
 * HTTPS listeners get a current policy, distributions redirect viewers to HTTPS, buckets and databases refuse
 * connections without TLS.
 *
 * - Stops: reading and changing traffic on its way.
 * - Attaches to: listeners, distributions, API domain names, buckets, databases.
 * - Costs: nothing.
 * - Limits: a load balancer without certificate stays on HTTP (see `AcmSafeguard`, which needs a domain name); an
 *   origin that knows no HTTPS is not changed; the application must connect to its database with TLS, which a
 *   reboot of the database puts in force.
 */
export class TlsSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: TlsSafeguardProps) {
    super(scope, id);
    this.done = this.attach(cfnOf(props.place));
  }

  private attach(place: CfnResource): Done {
    switch (place.cfnResourceType) {
      case 'AWS::ElasticLoadBalancingV2::Listener':
        return atListener(place);
      case 'AWS::CloudFront::Distribution':
        return atDistribution(place);
      case 'AWS::ApiGateway::DomainName':
        return atDomainName(place);
      case 'AWS::S3::Bucket':
        return this.atBucket(place);
      default:
        return databaseTls(this, place);
    }
  }

  private atBucket(bucket: CfnResource): Done {
    const [policy] = referrersOf(bucket, 'AWS::S3::BucketPolicy');
    if (policy && denies(read(policy, 'PolicyDocument'))) return alreadyOn('the policy denies plain HTTP');
    if (!(bucket instanceof CfnBucket)) return notAttached('not a CfnBucket; include it with CfnInclude');
    const statement = denyPlainHttp(bucket);
    if (policy) append(policy, 'PolicyDocument.Statement', [statement]);
    else {
      new CfnBucketPolicy(this, 'Policy', {
        bucket: bucket.ref,
        policyDocument: { Version: '2012-10-17', Statement: [statement] },
      });
    }
    return attached('the bucket policy denies plain HTTP');
  }
}

function denies(document: Json): boolean {
  return itemsOf(at(document, 'Statement')).some(
    (each) =>
      at(each, 'Effect') === 'Deny' &&
      String(at(each, 'Condition', 'Bool', 'aws:SecureTransport')) === 'false',
  );
}

function atListener(listener: CfnResource): Done {
  const protocol = String(read(listener, 'Protocol') ?? '');
  if (protocol === 'HTTPS' || protocol === 'TLS') return withCurrentPolicy(listener);
  if (protocol !== 'HTTP') return notAttached(`a ${protocol || 'load balancing'} listener is left as it is`);
  if (redirects(read(listener, 'DefaultActions'))) return alreadyOn('it forwards to HTTPS');
  if (!hasHttps(listener)) {
    return notAttached('its load balancer has no HTTPS listener: give domainName and hostedZoneId');
  }
  redirect(listener);
  return attached('it forwards to HTTPS');
}

function withCurrentPolicy(listener: CfnResource): Done {
  const policy = read(listener, 'SslPolicy');
  if (typeof policy === 'string' && !OLD_POLICY.test(policy)) return alreadyOn(`policy ${policy}`);
  if (policy !== undefined && typeof policy !== 'string')
    return notAttached('its policy is decided at deployment');
  set(listener, 'SslPolicy', LISTENER_POLICY);
  return attached(`policy ${LISTENER_POLICY}`);
}

/** Whether all actions of a listener are redirects to HTTPS. */
export function redirects(actions: Json): boolean {
  const all = itemsOf(actions);
  return all.length > 0 && all.every((each) => at(each, 'RedirectConfig', 'Protocol') === 'HTTPS');
}

/** The other listeners of the same load balancer that speak HTTPS. */
export function hasHttps(listener: CfnResource): boolean {
  const own = JSON.stringify(read(listener, 'LoadBalancerArn'));
  return listenersOf(listener).some(
    (each) => read(each, 'Protocol') === 'HTTPS' && JSON.stringify(read(each, 'LoadBalancerArn')) === own,
  );
}

function listenersOf(listener: CfnResource): readonly CfnResource[] {
  return Stack.of(listener)
    .node.findAll()
    .filter((each): each is CfnResource => 'cfnResourceType' in each)
    .filter((each) => each.cfnResourceType === listener.cfnResourceType && each !== listener);
}

/** Makes a listener and its rules answer with a redirect to HTTPS. */
export function redirect(listener: CfnResource): void {
  const actions = [
    { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
  ];
  set(listener, 'DefaultActions', actions);
  for (const rule of referrersOf(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule')) {
    set(rule, 'Actions', actions);
  }
}

function atDistribution(distribution: CfnResource): Done {
  const config = read(distribution, 'DistributionConfig');
  const changed: string[] = [];
  const behaviours = [
    ['DefaultCacheBehavior', at(config, 'DefaultCacheBehavior')] as const,
    ...itemsOf(at(config, 'CacheBehaviors')).map((each, index) => [`CacheBehaviors.${index}`, each] as const),
  ];
  for (const [path, behaviour] of behaviours) {
    const policy = at(behaviour, 'ViewerProtocolPolicy');
    if (policy !== undefined && policy !== 'allow-all') continue;
    set(distribution, `DistributionConfig.${path}.ViewerProtocolPolicy`, 'redirect-to-https');
    changed.push('viewers are redirected to HTTPS');
  }
  const certificate = at(config, 'ViewerCertificate');
  const own = at(certificate, 'AcmCertificateArn') ?? at(certificate, 'IamCertificateId');
  const minimum = String(at(certificate, 'MinimumProtocolVersion') ?? '');
  if (own && !/^TLSv1\.[23]_20\d\d$/.test(minimum)) {
    set(distribution, 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion', 'TLSv1.2_2021');
    changed.push('viewers need TLS 1.2');
  }
  const rest = own
    ? []
    : ["CloudFront's own certificate allows old TLS versions: give the distribution a domain"];
  if (plainOrigins(config)) rest.push('an origin is asked over plain HTTP: give it a certificate first');
  if (changed.length === 0 && rest.length > 0) return notAttached(rest.join('; '));
  return changed.length > 0
    ? attached([...new Set(changed), ...rest].join('; '))
    : alreadyOn('viewers and origins speak HTTPS');
}

function plainOrigins(config: Json): boolean {
  return itemsOf(at(config, 'Origins')).some(
    (each) => at(each, 'CustomOriginConfig', 'OriginProtocolPolicy') === 'http-only',
  );
}

function atDomainName(domain: CfnResource): Done {
  if (read(domain, 'SecurityPolicy') === 'TLS_1_2') return alreadyOn('TLS 1.2 is required');
  set(domain, 'SecurityPolicy', 'TLS_1_2');
  return attached('TLS 1.2 is required');
}
