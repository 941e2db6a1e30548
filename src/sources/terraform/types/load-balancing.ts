import { booleanFrom, known, map, stringFrom, type Value } from '../../../model/value.ts';
import {
  as,
  block,
  blocks,
  type Field,
  type Fields,
  inline,
  keyed,
  listOf,
  renamed,
  single,
  tags,
  written,
} from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';

const ATTRIBUTES = 'LoadBalancerAttributes';

/** Names as a load balancer has them: `alb` is the older name of the same resource types. */
function both(suffix: string): readonly string[] {
  return [`aws_lb${suffix}`, `aws_alb${suffix}`];
}

const LOAD_BALANCER: Fields = {
  name: 'Name',
  load_balancer_type: 'Type',
  internal: renamed('Scheme', { true: 'internal', false: 'internet-facing' }),
  subnets: 'Subnets',
  subnet_mapping: blocks('SubnetMappings', { subnet_id: 'SubnetId', allocation_id: 'AllocationId' }),
  security_groups: 'SecurityGroups',
  ip_address_type: 'IpAddressType',
  enable_deletion_protection: keyed(ATTRIBUTES, 'deletion_protection.enabled'),
  drop_invalid_header_fields: keyed(ATTRIBUTES, 'routing.http.drop_invalid_header_fields.enabled'),
  desync_mitigation_mode: keyed(ATTRIBUTES, 'routing.http.desync_mitigation_mode'),
  enable_waf_fail_open: keyed(ATTRIBUTES, 'waf.fail_open.enabled'),
  enable_cross_zone_load_balancing: keyed(ATTRIBUTES, 'load_balancing.cross_zone.enabled'),
  idle_timeout: keyed(ATTRIBUTES, 'idle_timeout.timeout_seconds'),
  access_logs: inline({
    enabled: keyed(ATTRIBUTES, 'access_logs.s3.enabled'),
    bucket: keyed(ATTRIBUTES, 'access_logs.s3.bucket'),
    prefix: keyed(ATTRIBUTES, 'access_logs.s3.prefix'),
  }),
  connection_logs: inline({
    enabled: keyed(ATTRIBUTES, 'connection_logs.s3.enabled'),
    bucket: keyed(ATTRIBUTES, 'connection_logs.s3.bucket'),
  }),
  tags: tags(),
};

const ACTION: Fields = {
  type: 'Type',
  order: 'Order',
  target_group_arn: 'TargetGroupArn',
  redirect: block('RedirectConfig', {
    protocol: 'Protocol',
    port: 'Port',
    host: 'Host',
    path: 'Path',
    query: 'Query',
    status_code: 'StatusCode',
  }),
  fixed_response: block('FixedResponseConfig', {
    status_code: 'StatusCode',
    content_type: 'ContentType',
    message_body: 'MessageBody',
  }),
  forward: block('ForwardConfig', {
    target_group: blocks('TargetGroups', { arn: 'TargetGroupArn', weight: 'Weight' }),
  }),
  authenticate_cognito: block('AuthenticateCognitoConfig', {
    user_pool_arn: 'UserPoolArn',
    user_pool_client_id: 'UserPoolClientId',
    user_pool_domain: 'UserPoolDomain',
    on_unauthenticated_request: 'OnUnauthenticatedRequest',
  }),
  authenticate_oidc: block('AuthenticateOidcConfig', {
    issuer: 'Issuer',
    client_id: 'ClientId',
    authorization_endpoint: 'AuthorizationEndpoint',
    on_unauthenticated_request: 'OnUnauthenticatedRequest',
  }),
};

const certificate = as('Certificates', (value) => ({
  kind: 'list',
  items: [map(new Map([['CertificateArn', value]]), value.span)],
  span: value.span,
}));

/** An unknown certificate is still a certificate. */
const certificates: Field = (value, target) =>
  value.kind === 'unknown'
    ? target.append('Certificates', map(new Map([['CertificateArn', value]]), value.span))
    : certificate(value, target);

const LISTENER: Fields = {
  load_balancer_arn: 'LoadBalancerArn',
  port: 'Port',
  protocol: 'Protocol',
  ssl_policy: 'SslPolicy',
  certificate_arn: certificates,
  default_action: blocks('DefaultActions', ACTION),
  mutual_authentication: block('MutualAuthentication', { mode: 'Mode', trust_store_arn: 'TrustStoreArn' }),
};

const CONDITION: Fields = {
  host_header: block('HostHeaderConfig', { values: 'Values' }),
  path_pattern: block('PathPatternConfig', { values: 'Values' }),
  source_ip: block('SourceIpConfig', { values: 'Values' }),
  http_header: block('HttpHeaderConfig', { http_header_name: 'HttpHeaderName', values: 'Values' }),
};

const RULE: Fields = {
  listener_arn: 'ListenerArn',
  priority: 'Priority',
  action: blocks('Actions', ACTION),
  condition: blocks('Conditions', CONDITION),
};

const TARGET_GROUP: Fields = {
  name: 'Name',
  port: 'Port',
  protocol: 'Protocol',
  protocol_version: 'ProtocolVersion',
  vpc_id: 'VpcId',
  target_type: 'TargetType',
  health_check: inline({
    path: 'HealthCheckPath',
    port: 'HealthCheckPort',
    protocol: 'HealthCheckProtocol',
    enabled: 'HealthCheckEnabled',
  }),
  tags: tags(),
};

const ARN_IS_REF = { arn: 'Ref', id: 'Ref' };

/** Classic load balancers write logs when the block is there and not switched off. */
const classicLogs: Field = (value, target) => {
  const block = written(single(value));
  if (block?.kind !== 'map') return;
  const enabled = block.entries.get('enabled');
  target.set(
    'AccessLoggingPolicy.Enabled',
    enabled && booleanFrom(enabled) === false ? enabled : known(true, block.span),
  );
  const bucket = written(block.entries.get('bucket'));
  if (bucket) target.set('AccessLoggingPolicy.S3BucketName', bucket);
};

const upperCase: (path: string) => Field = (path) =>
  as(path, (value) => {
    const word = stringFrom(value);
    return word === undefined ? value : known(word.toUpperCase(), value.span);
  });

const TARGET: Fields = { target_id: 'Id', port: 'Port', availability_zone: 'AvailabilityZone' };

/** One registered target, gathered from the arguments of an attachment. */
function targetItem(attributes: ReadonlyMap<string, Value>, span: Value['span']): Value {
  const entries = Object.entries(TARGET).flatMap(([argument, property]): [string, Value][] => {
    const value = written(attributes.get(argument));
    return value && typeof property === 'string' ? [[property, value]] : [];
  });
  return map(new Map(entries), span);
}

export const LOAD_BALANCING_TYPES = [
  ...both('').map((name) =>
    type(name, 'AWS::ElasticLoadBalancingV2::LoadBalancer', LOAD_BALANCER, {
      attributes: {
        ...ARN_IS_REF,
        dns_name: 'DNSName',
        zone_id: 'CanonicalHostedZoneID',
        arn_suffix: 'LoadBalancerFullName',
      },
    }),
  ),
  ...both('_listener').map((name) =>
    type(name, 'AWS::ElasticLoadBalancingV2::Listener', LISTENER, {
      attributes: ARN_IS_REF,
      defaults: { Protocol: 'HTTP' },
    }),
  ),
  ...both('_listener_rule').map((name) =>
    type(name, 'AWS::ElasticLoadBalancingV2::ListenerRule', RULE, { attributes: ARN_IS_REF }),
  ),
  ...both('_listener_certificate').map((name) =>
    type(name, 'AWS::ElasticLoadBalancingV2::ListenerCertificate', {
      listener_arn: 'ListenerArn',
      certificate_arn: certificates,
    }),
  ),
  ...both('_target_group').map((name) =>
    type(name, 'AWS::ElasticLoadBalancingV2::TargetGroup', TARGET_GROUP, {
      attributes: { ...ARN_IS_REF, arn_suffix: 'TargetGroupFullName', name: 'TargetGroupName' },
    }),
  ),
  type(
    'aws_elb',
    'AWS::ElasticLoadBalancing::LoadBalancer',
    {
      name: 'LoadBalancerName',
      internal: renamed('Scheme', { true: 'internal', false: 'internet-facing' }),
      subnets: 'Subnets',
      availability_zones: 'AvailabilityZones',
      security_groups: 'SecurityGroups',
      instances: 'Instances',
      cross_zone_load_balancing: 'CrossZone',
      connection_draining: 'ConnectionDrainingPolicy.Enabled',
      access_logs: classicLogs,
      listener: blocks('Listeners', {
        lb_port: 'LoadBalancerPort',
        lb_protocol: upperCase('Protocol'),
        instance_port: 'InstancePort',
        instance_protocol: upperCase('InstanceProtocol'),
        ssl_certificate_id: 'SSLCertificateId',
      }),
      health_check: block('HealthCheck', { target: 'Target' }),
      tags: tags(),
    },
    { attributes: { name: 'Ref', dns_name: 'DNSName' }, defaults: { CrossZone: true } },
  ),
];

export const LOAD_BALANCING_JOINS = [
  ...both('_target_group_attachment').map((name) =>
    join(
      name,
      ['target_group_arn', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
      {},
      {
        merge: (attributes, target, span) => target.append('Targets', targetItem(attributes, span)),
      },
    ),
  ),
  join('aws_elb_attachment', ['elb', 'AWS::ElasticLoadBalancing::LoadBalancer'], {
    instance: listOf('Instances'),
  }),
];
