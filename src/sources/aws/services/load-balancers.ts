import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Load balancers with listeners, rules and target groups (Elastic Load Balancing API reference, 2015-12-01). */
export const loadBalancers: Collector = {
  id: 'load-balancers',
  service: 'elastic-load-balancing-v2',
  where: 'region',
  types: [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  ],
  actions: {
    DescribeLoadBalancers: 'elasticloadbalancing:DescribeLoadBalancers',
    DescribeLoadBalancerAttributes: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    DescribeListeners: 'elasticloadbalancing:DescribeListeners',
    DescribeRules: 'elasticloadbalancing:DescribeRules',
    DescribeTargetGroups: 'elasticloadbalancing:DescribeTargetGroups',
    DescribeTargetHealth: 'elasticloadbalancing:DescribeTargetHealth',
  },
  async read(api) {
    const balancers = await api.all('DescribeLoadBalancers', 'LoadBalancers');
    const groups = await api.some('DescribeTargetGroups', 'TargetGroups', [
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    ]);
    const found = await Promise.all([
      ...balancers.map((each) => loadBalancer(api, each)),
      ...groups.map((each) => targetGroup(api, each)),
    ]);
    return found.flat();
  },
};

async function loadBalancer(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const arn = textOf(found, 'LoadBalancerArn');
  const attributes = await api.detail('DescribeLoadBalancerAttributes', { LoadBalancerArn: arn });
  const listeners = await api.all('DescribeListeners', 'Listeners', { LoadBalancerArn: arn });
  const below = await Promise.all(listeners.map((each) => listener(api, each)));
  const balancer = here(api, {
    id: arn,
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    name: textOf(found, 'LoadBalancerName'),
    names: { Ref: arn },
    unread: attributes.is === 'unread' ? ['LoadBalancerAttributes'] : [],
    properties: {
      ...pick(found, [
        'LoadBalancerArn',
        'LoadBalancerName=Name',
        'Type',
        'Scheme',
        'SecurityGroups',
        'IpAddressType',
      ]),
      Subnets: mapsOf(found, 'AvailabilityZones').map((zone) => textOf(zone, 'SubnetId')),
      ...(attributes.is === 'read'
        ? {
            LoadBalancerAttributes: mapsOf(attributes.output, 'Attributes').map((each) =>
              pick(each, ['Key', 'Value']),
            ),
          }
        : {}),
    },
  });
  return [balancer, ...below.flat()];
}

async function listener(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const arn = textOf(found, 'ListenerArn');
  const rules = await api.all('DescribeRules', 'Rules', { ListenerArn: arn });
  return [
    here(api, {
      id: arn,
      type: 'AWS::ElasticLoadBalancingV2::Listener',
      name: arn.slice(arn.indexOf('listener/') + 'listener/'.length),
      names: { Ref: arn },
      properties: {
        ...pick(found, ['ListenerArn', 'LoadBalancerArn', 'Port', 'Protocol', 'SslPolicy', 'AlpnPolicy']),
        ...certificates(found),
        DefaultActions: mapsOf(found, 'DefaultActions').map(action),
      },
    }),
    ...rules
      .filter((rule) => rule.IsDefault !== true)
      .map((rule) =>
        here(api, {
          id: textOf(rule, 'RuleArn'),
          type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
          name: textOf(rule, 'RuleArn').split('/').slice(-3).join('/'),
          names: { Ref: textOf(rule, 'RuleArn') },
          properties: {
            ListenerArn: arn,
            Priority: Number(textOf(rule, 'Priority')),
            Conditions: mapsOf(rule, 'Conditions'),
            Actions: mapsOf(rule, 'Actions').map(action),
          },
        }),
      ),
  ];
}

function certificates(found: Output): Output {
  return given(
    'Certificates',
    mapsOf(found, 'Certificates').map((each) => pick(each, ['CertificateArn'])),
  );
}

/** The client secret of an OpenID Connect action is never given out by the service, and never kept here. */
function action(found: Output): Output {
  const oidc = mapOf(found, 'AuthenticateOidcConfig');
  return {
    ...pick(found, ['Type', 'Order', 'TargetGroupArn', 'ForwardConfig', 'FixedResponseConfig']),
    ...pick(found, ['RedirectConfig', 'AuthenticateCognitoConfig']),
    ...(Object.keys(oidc).length > 0
      ? { AuthenticateOidcConfig: pick(oidc, ['Issuer', 'ClientId', 'OnUnauthenticatedRequest']) }
      : {}),
  };
}

async function targetGroup(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const arn = textOf(found, 'TargetGroupArn');
  const health = await api.detail('DescribeTargetHealth', { TargetGroupArn: arn });
  const targets =
    health.is === 'read'
      ? mapsOf(health.output, 'TargetHealthDescriptions').map((each) =>
          pick(mapOf(each, 'Target'), ['Id', 'Port', 'AvailabilityZone']),
        )
      : [];
  return [
    here(api, {
      id: arn,
      type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      name: textOf(found, 'TargetGroupName'),
      names: { Ref: arn },
      unread: health.is === 'unread' ? ['Targets'] : [],
      properties: {
        ...pick(found, ['TargetGroupArn', 'TargetGroupName=Name', 'Protocol', 'Port', 'VpcId', 'TargetType']),
        ...pick(found, ['HealthCheckPath', 'HealthCheckProtocol', 'HealthCheckPort', 'ProtocolVersion']),
        ...given('Targets', targets),
      },
    }),
  ];
}
