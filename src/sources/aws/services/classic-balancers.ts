import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf, textsOf } from '../fields.ts';
import { here } from '../found.ts';

/** Load balancers of the first generation (Elastic Load Balancing API reference, 2012-06-01). */
export const classicBalancers: Collector = {
  id: 'classic-balancers',
  service: 'elastic-load-balancing',
  where: 'region',
  types: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  actions: {
    DescribeLoadBalancers: 'elasticloadbalancing:DescribeLoadBalancers',
    DescribeLoadBalancerAttributes: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    DescribeLoadBalancerPolicies: 'elasticloadbalancing:DescribeLoadBalancerPolicies',
  },
  async read(api) {
    const found = await api.all('DescribeLoadBalancers', 'LoadBalancerDescriptions');
    return Promise.all(found.map((each) => balancer(api, each)));
  },
};

async function balancer(api: Api, found: Output): Promise<FoundResource> {
  const name = textOf(found, 'LoadBalancerName');
  const [attributes, policies] = await Promise.all([
    api.detail('DescribeLoadBalancerAttributes', { LoadBalancerName: name }),
    api.detail('DescribeLoadBalancerPolicies', { LoadBalancerName: name }),
  ]);
  const set = attributes.is === 'read' ? mapOf(attributes.output, 'LoadBalancerAttributes') : undefined;
  const listeners = mapsOf(found, 'ListenerDescriptions').map((each) => ({
    ...pick(mapOf(each, 'Listener'), [
      'Protocol',
      'LoadBalancerPort',
      'InstanceProtocol',
      'InstancePort',
      'SSLCertificateId',
    ]),
    ...given('PolicyNames', textsOf(each, 'PolicyNames')),
  }));
  return here(api, {
    id: api.arn('elasticloadbalancing', `loadbalancer/${name}`),
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    name,
    names: { Ref: name, DNSName: textOf(found, 'DNSName') },
    unread: [...(set ? [] : Object.keys(NOT_SET)), ...(policies.is === 'unread' ? ['Policies'] : [])],
    properties: {
      ...pick(found, [
        'LoadBalancerName',
        'Scheme',
        'Subnets',
        'SecurityGroups',
        'AvailabilityZones',
        'HealthCheck',
      ]),
      Instances: mapsOf(found, 'Instances').map((each) => textOf(each, 'InstanceId')),
      Listeners: listeners,
      ...(set ? attributesOf(set) : {}),
      ...(policies.is === 'read' ? given('Policies', policiesOf(policies.output)) : {}),
    },
  });
}

const NOT_SET = { CrossZone: false, AccessLoggingPolicy: {}, ConnectionDrainingPolicy: {} };

function attributesOf(set: Output): Output {
  const log = mapOf(set, 'AccessLog');
  return {
    CrossZone: mapOf(set, 'CrossZoneLoadBalancing').Enabled === true,
    ...given('AccessLoggingPolicy', pick(log, ['Enabled', 'S3BucketName', 'S3BucketPrefix', 'EmitInterval'])),
    ...given('ConnectionDrainingPolicy', pick(mapOf(set, 'ConnectionDraining'), ['Enabled', 'Timeout'])),
    ...given(
      'Attributes',
      mapsOf(set, 'AdditionalAttributes').map((each) => pick(each, ['Key', 'Value'])),
    ),
  };
}

/** The service lists each cipher of a policy; those that are off say nothing. */
function policiesOf(output: Output): readonly Output[] {
  return mapsOf(output, 'PolicyDescriptions').map((policy) => ({
    ...pick(policy, ['PolicyName', 'PolicyTypeName=PolicyType']),
    Attributes: mapsOf(policy, 'PolicyAttributeDescriptions')
      .filter((each) => textOf(each, 'AttributeValue') !== 'false')
      .map((each) => pick(each, ['AttributeName=Name', 'AttributeValue=Value'])),
  }));
}
