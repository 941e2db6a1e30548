import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { mapOf, mapsOf, nameOf, pick, textOf } from '../fields.ts';
import { here, within } from '../found.ts';

/** A network resource that EC2 names by an id. */
export function ec2(
  api: Api,
  type: string,
  kind: string,
  id: string,
  properties: Output,
  from: Output,
): FoundResource {
  const attribute: Readonly<Record<string, string>> =
    type === 'AWS::EC2::SecurityGroup' ? { GroupId: id } : {};
  return here(api, {
    id: api.arn('ec2', `${kind}/${id}`),
    type,
    name: nameOf(from, id),
    names: { Ref: id, ...attribute },
    properties,
  });
}

/** Networks, subnets, gateways and routes (Amazon EC2 API reference). */
export const networks: Collector = {
  id: 'networks',
  service: 'ec2',
  where: 'region',
  types: [
    'AWS::EC2::VPC',
    'AWS::EC2::Subnet',
    'AWS::EC2::InternetGateway',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::EC2::RouteTable',
    'AWS::EC2::Route',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::GatewayRouteTableAssociation',
    'AWS::EC2::NatGateway',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::FlowLog',
  ],
  actions: {
    DescribeVpcs: 'ec2:DescribeVpcs',
    DescribeSubnets: 'ec2:DescribeSubnets',
    DescribeInternetGateways: 'ec2:DescribeInternetGateways',
    DescribeRouteTables: 'ec2:DescribeRouteTables',
    DescribeNatGateways: 'ec2:DescribeNatGateways',
    DescribeVpcEndpoints: 'ec2:DescribeVpcEndpoints',
    DescribeFlowLogs: 'ec2:DescribeFlowLogs',
  },
  async read(api) {
    const [vpcs, subnets, gateways, tables, nats, endpoints, logs] = await Promise.all([
      api.some('DescribeVpcs', 'Vpcs', ['AWS::EC2::VPC']),
      api.all('DescribeSubnets', 'Subnets'),
      api.some('DescribeInternetGateways', 'InternetGateways', [
        'AWS::EC2::InternetGateway',
        'AWS::EC2::VPCGatewayAttachment',
      ]),
      api.all('DescribeRouteTables', 'RouteTables'),
      api.some('DescribeNatGateways', 'NatGateways', ['AWS::EC2::NatGateway']),
      api.some('DescribeVpcEndpoints', 'VpcEndpoints', ['AWS::EC2::VPCEndpoint']),
      api.some('DescribeFlowLogs', 'FlowLogs', ['AWS::EC2::FlowLog']),
    ]);
    return [
      ...vpcs.map((vpc) =>
        ec2(
          api,
          'AWS::EC2::VPC',
          'vpc',
          textOf(vpc, 'VpcId'),
          pick(vpc, ['VpcId', 'CidrBlock', 'Tags']),
          vpc,
        ),
      ),
      ...subnets.map((subnet) =>
        ec2(api, 'AWS::EC2::Subnet', 'subnet', textOf(subnet, 'SubnetId'), pick(subnet, SUBNET), subnet),
      ),
      ...gateways.flatMap((gateway) => internetGateway(api, gateway)),
      ...tables.flatMap((table) => routeTable(api, table, tables, subnets)),
      ...nats
        .filter((nat) => textOf(nat, 'State') !== 'deleted')
        .map((nat) => {
          const properties = pick(nat, ['NatGatewayId', 'SubnetId', 'VpcId', 'ConnectivityType', 'Tags']);
          return ec2(api, 'AWS::EC2::NatGateway', 'natgateway', textOf(nat, 'NatGatewayId'), properties, nat);
        }),
      ...endpoints.map((endpoint) => vpcEndpoint(api, endpoint)),
      ...logs.map((log) => {
        const properties = { ...pick(log, FLOW_LOG), ResourceType: flowLogType(textOf(log, 'ResourceId')) };
        return ec2(api, 'AWS::EC2::FlowLog', 'vpc-flow-log', textOf(log, 'FlowLogId'), properties, log);
      }),
    ];
  },
};

const SUBNET = [
  'SubnetId',
  'VpcId',
  'CidrBlock',
  'AvailabilityZone',
  'MapPublicIpOnLaunch',
  'AssignIpv6AddressOnCreation',
  'Tags',
];
const FLOW_LOG = [
  'FlowLogId=Id',
  'ResourceId',
  'TrafficType',
  'LogDestinationType',
  'LogDestination',
  'LogGroupName',
  'Tags',
];

function flowLogType(resource: string): string {
  if (resource.startsWith('vpc-')) return 'VPC';
  return resource.startsWith('subnet-') ? 'Subnet' : 'NetworkInterface';
}

function internetGateway(api: Api, gateway: Output): readonly FoundResource[] {
  const id = textOf(gateway, 'InternetGatewayId');
  const attachments = mapsOf(gateway, 'Attachments').map((attachment) => {
    const vpc = textOf(attachment, 'VpcId');
    const properties = { VpcId: vpc, InternetGatewayId: id };
    return within(api, 'AWS::EC2::VPCGatewayAttachment', `${id}/${vpc}`, properties);
  });
  const properties = pick(gateway, ['InternetGatewayId', 'Tags']);
  return [ec2(api, 'AWS::EC2::InternetGateway', 'internet-gateway', id, properties, gateway), ...attachments];
}

function routeTable(
  api: Api,
  table: Output,
  tables: readonly Output[],
  subnets: readonly Output[],
): readonly FoundResource[] {
  const id = textOf(table, 'RouteTableId');
  const properties = pick(table, ['RouteTableId', 'VpcId', 'Tags']);
  const routes = mapsOf(table, 'Routes')
    .filter((route) => textOf(route, 'GatewayId') !== 'local' && textOf(route, 'State') !== 'blackhole')
    .map((route) => {
      const to = textOf(route, 'DestinationCidrBlock') || textOf(route, 'DestinationIpv6CidrBlock');
      const where = to || textOf(route, 'DestinationPrefixListId');
      return within(api, 'AWS::EC2::Route', `${id}/${where}`, { RouteTableId: id, ...routeTarget(route) });
    });
  const associations = associatedSubnets(table, tables, subnets).map((subnet) =>
    within(api, 'AWS::EC2::SubnetRouteTableAssociation', `${id}/${subnet}`, {
      RouteTableId: id,
      SubnetId: subnet,
    }),
  );
  const entries = mapsOf(table, 'Associations').flatMap((each) => {
    const gateway = textOf(each, 'GatewayId');
    if (gateway === '') return [];
    const joined = { RouteTableId: id, GatewayId: gateway };
    return within(api, 'AWS::EC2::GatewayRouteTableAssociation', `${id}/${gateway}`, joined);
  });
  const itself = ec2(api, 'AWS::EC2::RouteTable', 'route-table', id, properties, table);
  return [itself, ...routes, ...associations, ...entries];
}

const ROUTE = [
  'DestinationCidrBlock',
  'DestinationIpv6CidrBlock',
  'DestinationPrefixListId',
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
  'VpcPeeringConnectionId',
  'EgressOnlyInternetGatewayId',
];

/** EC2 calls an endpoint a gateway; CloudFormation has a property for it. */
function routeTarget(route: Output): Output {
  const { GatewayId, ...rest } = pick(route, ROUTE);
  if (GatewayId === undefined) return rest;
  return { ...rest, [String(GatewayId).startsWith('vpce-') ? 'VpcEndpointId' : 'GatewayId']: GatewayId };
}

/** A main table also holds for the subnets of its network that name none. */
function associatedSubnets(
  table: Output,
  tables: readonly Output[],
  subnets: readonly Output[],
): readonly string[] {
  const named = subnetsNaming(table);
  if (!mapsOf(table, 'Associations').some((each) => each.Main === true)) return named;
  const elsewhere = new Set(tables.flatMap(subnetsNaming));
  const vpc = textOf(table, 'VpcId');
  const rest = subnets
    .filter((subnet) => textOf(subnet, 'VpcId') === vpc)
    .map((each) => textOf(each, 'SubnetId'));
  return [...named, ...rest.filter((subnet) => !elsewhere.has(subnet))];
}

function subnetsNaming(table: Output): readonly string[] {
  return mapsOf(table, 'Associations')
    .map((each) => textOf(each, 'SubnetId'))
    .filter((id) => id !== '');
}

function vpcEndpoint(api: Api, endpoint: Output): FoundResource {
  const policy = textOf(endpoint, 'PolicyDocument');
  const properties = {
    ...pick(endpoint, [
      'VpcId',
      'ServiceName',
      'VpcEndpointType',
      'SubnetIds',
      'RouteTableIds',
      'PrivateDnsEnabled',
    ]),
    SecurityGroupIds: mapsOf(endpoint, 'Groups').map((group) => textOf(group, 'GroupId')),
    ...(policy === '' ? {} : { PolicyDocument: JSON.parse(policy) }),
  };
  const id = textOf(endpoint, 'VpcEndpointId');
  return ec2(api, 'AWS::EC2::VPCEndpoint', 'vpc-endpoint', id, properties, endpoint);
}

/** Security groups and network ACLs. */
export const firewalls: Collector = {
  id: 'firewalls',
  service: 'ec2',
  where: 'region',
  types: [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::NetworkAcl',
    'AWS::EC2::NetworkAclEntry',
    'AWS::EC2::SubnetNetworkAclAssociation',
  ],
  actions: {
    DescribeSecurityGroups: 'ec2:DescribeSecurityGroups',
    DescribeNetworkAcls: 'ec2:DescribeNetworkAcls',
  },
  async read(api) {
    const groups = await api.some('DescribeSecurityGroups', 'SecurityGroups', ['AWS::EC2::SecurityGroup']);
    const lists = await api.some('DescribeNetworkAcls', 'NetworkAcls', [
      'AWS::EC2::NetworkAcl',
      'AWS::EC2::NetworkAclEntry',
      'AWS::EC2::SubnetNetworkAclAssociation',
    ]);
    return [
      ...groups.map((group) => {
        const properties = {
          ...pick(group, ['GroupId', 'GroupName', 'Description=GroupDescription', 'VpcId', 'Tags']),
          SecurityGroupIngress: mapsOf(group, 'IpPermissions').flatMap((each) => rules(each, 'Source')),
          SecurityGroupEgress: mapsOf(group, 'IpPermissionsEgress').flatMap((each) =>
            rules(each, 'Destination'),
          ),
        };
        const id = textOf(group, 'GroupId');
        const found = ec2(api, 'AWS::EC2::SecurityGroup', 'security-group', id, properties, group);
        return { ...found, name: nameOf(group, textOf(group, 'GroupName') || id) };
      }),
      ...lists.flatMap((list) => networkAcl(api, list)),
    ];
  },
};

/** One rule for each peer: CloudFormation writes them singly, EC2 groups them by port. */
function rules(permission: Output, peer: 'Source' | 'Destination'): readonly Output[] {
  const common = pick(permission, ['IpProtocol', 'FromPort', 'ToPort']);
  const rule = (source: Output, properties: Output) => ({
    ...common,
    ...pick(source, ['Description']),
    ...properties,
  });
  return [
    ...mapsOf(permission, 'IpRanges').map((each) => rule(each, { CidrIp: textOf(each, 'CidrIp') })),
    ...mapsOf(permission, 'Ipv6Ranges').map((each) => rule(each, { CidrIpv6: textOf(each, 'CidrIpv6') })),
    ...mapsOf(permission, 'PrefixListIds').map((each) =>
      rule(each, { [`${peer}PrefixListId`]: textOf(each, 'PrefixListId') }),
    ),
    ...mapsOf(permission, 'UserIdGroupPairs').map((each) =>
      rule(each, { [`${peer}SecurityGroupId`]: textOf(each, 'GroupId') }),
    ),
  ];
}

function networkAcl(api: Api, list: Output): readonly FoundResource[] {
  const id = textOf(list, 'NetworkAclId');
  const entries = mapsOf(list, 'Entries').map((entry) => {
    const direction = entry.Egress === true ? 'egress' : 'ingress';
    const ports = mapOf(entry, 'PortRange');
    const properties = {
      NetworkAclId: id,
      ...pick(entry, ['RuleNumber', 'Protocol', 'RuleAction', 'Egress', 'CidrBlock', 'Ipv6CidrBlock']),
      ...(Object.keys(ports).length > 0 ? { PortRange: pick(ports, ['From', 'To']) } : {}),
    };
    return within(
      api,
      'AWS::EC2::NetworkAclEntry',
      `${id}/${direction}/${textOf(entry, 'RuleNumber')}`,
      properties,
    );
  });
  const associations = mapsOf(list, 'Associations').map((each) => {
    const subnet = textOf(each, 'SubnetId');
    const properties = { NetworkAclId: id, SubnetId: subnet };
    return within(api, 'AWS::EC2::SubnetNetworkAclAssociation', `${id}/${subnet}`, properties);
  });
  const properties = pick(list, ['NetworkAclId=Id', 'VpcId', 'Tags']);
  return [ec2(api, 'AWS::EC2::NetworkAcl', 'network-acl', id, properties, list), ...entries, ...associations];
}
