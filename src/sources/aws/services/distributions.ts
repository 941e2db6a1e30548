import type { Collector, FoundResource, Output } from '../api.ts';
import { given, isMap, mapOf, pick, textOf } from '../fields.ts';
import { everywhere } from '../found.ts';

/** Distributions with their origins and behaviours (Amazon CloudFront API reference). */
export const distributions: Collector = {
  id: 'distributions',
  service: 'cloudfront',
  where: 'account',
  types: ['AWS::CloudFront::Distribution'],
  actions: {
    ListDistributions: 'cloudfront:ListDistributions',
    GetDistributionConfig: 'cloudfront:GetDistributionConfig',
  },
  async read(api) {
    const found = await api.all('ListDistributions', 'DistributionList.Items');
    return Promise.all(
      found.map(async (summary) => {
        const answer = await api.call('GetDistributionConfig', { Id: textOf(summary, 'Id') });
        return distribution(summary, mapOf(answer, 'DistributionConfig'));
      }),
    );
  },
};

export const vpcOrigins: Collector = {
  id: 'vpc-origins',
  service: 'cloudfront',
  where: 'account',
  types: ['AWS::CloudFront::VpcOrigin'],
  actions: { ListVpcOrigins: 'cloudfront:ListVpcOrigins' },
  async read(api) {
    const found = await api.all('ListVpcOrigins', 'VpcOriginList.Items');
    return found.map((origin) =>
      everywhere({
        id: textOf(origin, 'Arn'),
        type: 'AWS::CloudFront::VpcOrigin',
        name: textOf(origin, 'Name'),
        names: { Ref: textOf(origin, 'Id'), Id: textOf(origin, 'Id') },
        properties: {
          VpcOriginEndpointConfig: pick(origin, ['Name', 'OriginEndpointArn=Arn']),
        },
      }),
    );
  },
};

function distribution(summary: Output, found: Output): FoundResource {
  const id = textOf(summary, 'Id');
  const logging = mapOf(found, 'Logging');
  return everywhere({
    id: textOf(summary, 'ARN'),
    type: 'AWS::CloudFront::Distribution',
    name: id,
    names: { Ref: id, Id: id, DomainName: textOf(summary, 'DomainName'), Arn: textOf(summary, 'ARN') },
    properties: {
      DistributionConfig: {
        ...pick(found, ['Enabled', 'Comment', 'HttpVersion', 'PriceClass']),
        ...given('DefaultRootObject', textOf(found, 'DefaultRootObject')),
        ...given('WebACLId', textOf(found, 'WebACLId')),
        ...given('Aliases', listed(found.Aliases)),
        Origins: maps(found.Origins).map(origin),
        ...originGroups(found),
        DefaultCacheBehavior: behaviour(mapOf(found, 'DefaultCacheBehavior')),
        ...given('CacheBehaviors', maps(found.CacheBehaviors).map(behaviour)),
        ViewerCertificate: viewerCertificate(mapOf(found, 'ViewerCertificate')),
        ...(logging.Enabled === true
          ? { Logging: pick(logging, ['Bucket', 'IncludeCookies', 'Prefix']) }
          : {}),
        ...given('Restrictions', withoutCounts(found.Restrictions)),
      },
    },
  });
}

/** This service wraps each list as `{ Quantity, Items }`; CloudFormation writes the list. */
function listed(value: unknown): readonly unknown[] {
  if (!isMap(value)) return [];
  return Array.isArray(value.Items) ? value.Items : [];
}

function maps(value: unknown): readonly Output[] {
  return listed(value).filter(isMap);
}

function withoutCounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCounts);
  if (!isMap(value)) return value;
  if (
    Object.hasOwn(value, 'Quantity') &&
    Object.keys(value).every((key) => key === 'Quantity' || key === 'Items')
  ) {
    return listed(value).map(withoutCounts);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutCounts(each)]));
}

/** Headers that an origin is sent may be secrets that prove where a request came from: only their names are kept. */
function origin(found: Output): Output {
  const custom = mapOf(found, 'CustomOriginConfig');
  const headers = maps(found.CustomHeaders);
  return {
    ...pick(found, ['Id', 'DomainName', 'OriginPath', 'S3OriginConfig', 'VpcOriginConfig']),
    ...given('OriginAccessControlId', textOf(found, 'OriginAccessControlId')),
    ...given('CustomOriginConfig', {
      ...pick(custom, ['HTTPPort', 'HTTPSPort', 'OriginProtocolPolicy']),
      ...given('OriginSSLProtocols', listed(custom.OriginSslProtocols)),
    }),
    ...given(
      'OriginCustomHeaders',
      headers.map((each) => pick(each, ['HeaderName'])),
    ),
  };
}

/** Origin groups keep their counts in CloudFormation. */
function originGroups(found: Output): Output {
  const groups = mapOf(found, 'OriginGroups');
  return listed(groups).length > 0 ? { OriginGroups: groups } : {};
}

const BEHAVIOUR = [
  'PathPattern',
  'TargetOriginId',
  'ViewerProtocolPolicy',
  'CachePolicyId',
  'OriginRequestPolicyId',
  'ResponseHeadersPolicyId',
  'FieldLevelEncryptionId',
  'Compress',
];

function behaviour(found: Output): Output {
  return { ...pick(found, BEHAVIOUR), ...given('AllowedMethods', listed(found.AllowedMethods)) };
}

function viewerCertificate(found: Output): Output {
  return pick(found, [
    'CloudFrontDefaultCertificate',
    'ACMCertificateArn=AcmCertificateArn',
    'IAMCertificateId=IamCertificateId',
    'SSLSupportMethod=SslSupportMethod',
    'MinimumProtocolVersion',
  ]);
}
