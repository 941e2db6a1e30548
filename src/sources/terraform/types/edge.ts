import { below, block, blocks, type Fields, inline, tags } from '../translate/fields.ts';
import { type } from '../translate/type-mapping.ts';

const BEHAVIOUR: Fields = {
  path_pattern: 'PathPattern',
  target_origin_id: 'TargetOriginId',
  viewer_protocol_policy: 'ViewerProtocolPolicy',
  allowed_methods: 'AllowedMethods',
  cached_methods: 'CachedMethods',
  cache_policy_id: 'CachePolicyId',
  origin_request_policy_id: 'OriginRequestPolicyId',
  response_headers_policy_id: 'ResponseHeadersPolicyId',
  field_level_encryption_id: 'FieldLevelEncryptionId',
  compress: 'Compress',
  trusted_signers: 'TrustedSigners',
  trusted_key_groups: 'TrustedKeyGroups',
};

const ORIGIN: Fields = {
  origin_id: 'Id',
  domain_name: 'DomainName',
  origin_path: 'OriginPath',
  origin_access_control_id: 'OriginAccessControlId',
  custom_origin_config: block('CustomOriginConfig', {
    origin_protocol_policy: 'OriginProtocolPolicy',
    origin_ssl_protocols: 'OriginSSLProtocols',
    http_port: 'HTTPPort',
    https_port: 'HTTPSPort',
  }),
  s3_origin_config: block('S3OriginConfig', { origin_access_identity: 'OriginAccessIdentity' }),
  vpc_origin_config: block('VpcOriginConfig', { vpc_origin_id: 'VpcOriginId' }),
  custom_header: blocks('OriginCustomHeaders', { name: 'HeaderName', value: 'HeaderValue' }),
  origin_shield: block('OriginShield', { enabled: 'Enabled' }),
};

const DISTRIBUTION: Fields = {
  enabled: 'Enabled',
  aliases: 'Aliases',
  comment: 'Comment',
  default_root_object: 'DefaultRootObject',
  web_acl_id: 'WebACLId',
  price_class: 'PriceClass',
  http_version: 'HttpVersion',
  logging_config: block('Logging', { bucket: 'Bucket', prefix: 'Prefix', include_cookies: 'IncludeCookies' }),
  default_cache_behavior: block('DefaultCacheBehavior', BEHAVIOUR),
  ordered_cache_behavior: blocks('CacheBehaviors', BEHAVIOUR),
  origin: blocks('Origins', ORIGIN),
  origin_group: blocks('OriginGroups.Items', {
    origin_id: 'Id',
    failover_criteria: block('FailoverCriteria.StatusCodes', { status_codes: 'Items' }),
    member: blocks('Members.Items', { origin_id: 'OriginId' }),
  }),
  viewer_certificate: block('ViewerCertificate', {
    acm_certificate_arn: 'AcmCertificateArn',
    iam_certificate_id: 'IamCertificateId',
    cloudfront_default_certificate: 'CloudFrontDefaultCertificate',
    minimum_protocol_version: 'MinimumProtocolVersion',
    ssl_support_method: 'SslSupportMethod',
  }),
  restrictions: inline({
    geo_restriction: block('Restrictions.GeoRestriction', {
      restriction_type: 'RestrictionType',
      locations: 'Locations',
    }),
  }),
};

export const EDGE_TYPES = [
  type(
    'aws_cloudfront_distribution',
    'AWS::CloudFront::Distribution',
    { ...below('DistributionConfig', DISTRIBUTION), tags: tags() },
    {
      attributes: { domain_name: 'DomainName' },
      defaults: { 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion': 'TLSv1' },
    },
  ),
  type(
    'aws_cloudfront_origin_access_identity',
    'AWS::CloudFront::CloudFrontOriginAccessIdentity',
    {
      comment: 'CloudFrontOriginAccessIdentityConfig.Comment',
    },
    { attributes: { s3_canonical_user_id: 'S3CanonicalUserId' } },
  ),
  type('aws_cloudfront_origin_access_control', 'AWS::CloudFront::OriginAccessControl', {
    name: 'OriginAccessControlConfig.Name',
    origin_access_control_origin_type: 'OriginAccessControlConfig.OriginAccessControlOriginType',
    signing_behavior: 'OriginAccessControlConfig.SigningBehavior',
    signing_protocol: 'OriginAccessControlConfig.SigningProtocol',
  }),
  type('aws_cloudfront_vpc_origin', 'AWS::CloudFront::VpcOrigin', {
    vpc_origin_endpoint_config: block('VpcOriginEndpointConfig', {
      name: 'Name',
      arn: 'Arn',
      http_port: 'HTTPPort',
      https_port: 'HTTPSPort',
      origin_protocol_policy: 'OriginProtocolPolicy',
    }),
  }),
  type('aws_route53_zone', 'AWS::Route53::HostedZone', { name: 'Name' }),
  type('aws_route53_record', 'AWS::Route53::RecordSet', {
    zone_id: 'HostedZoneId',
    name: 'Name',
    type: 'Type',
    ttl: 'TTL',
    records: 'ResourceRecords',
    alias: block('AliasTarget', {
      name: 'DNSName',
      zone_id: 'HostedZoneId',
      evaluate_target_health: 'EvaluateTargetHealth',
    }),
  }),
  type('aws_globalaccelerator_accelerator', 'AWS::GlobalAccelerator::Accelerator', {
    name: 'Name',
    enabled: 'Enabled',
  }),
];
