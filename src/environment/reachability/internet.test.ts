import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf, resource } from '../testing.ts';
import { reachFromInternet } from './index.ts';
import { att, NETWORK, type Pieces, piece, ref, rule } from './testing.ts';

function reachOf(pieces: Pieces, name = 'Server', parameters: object = {}) {
  const graph = graphOf({ Parameters: parameters, Resources: { ...NETWORK, ...pieces } });
  return reachFromInternet(graph, resource(graph, name));
}

function changed(name: string, properties: object): Pieces {
  const before = NETWORK[name];
  assert.ok(before);
  return { [name]: piece(before.Type, { ...before.Properties, ...properties }) };
}

describe('a server on the internet', () => {
  test('is reached through gateway, subnet and security group, each hop with its place', () => {
    const reach = reachOf({});
    assert.equal(reach.answer.is, 'yes');
    const [path] = reach.paths;
    assert.deepEqual(
      path?.hops.map((hop) => hop.resource.replace('cfn:test/', '')),
      ['internet', 'Gateway', 'Server', 'Group'],
    );
    assert.equal(path?.port, 80);
    assert.ok(path?.hops.slice(1).every((hop) => hop.source && hop.source.line > 1));
  });

  test('without a public address it is not, and that is what blocks', () => {
    const reach = reachOf(changed('Public', { MapPublicIpOnLaunch: false }));
    assert.equal(reach.answer.is, 'no');
    assert.match(reach.blockedBy?.what.en ?? '', /no public address/);
  });

  test('an Elastic IP gives it one', () => {
    const reach = reachOf({
      ...changed('Public', { MapPublicIpOnLaunch: false }),
      Address: piece('AWS::EC2::EIP', { InstanceId: ref('Server') }),
    });
    assert.equal(reach.answer.is, 'yes');
  });

  test('the interface’s own setting wins over the subnet’s', () => {
    const server = piece('AWS::EC2::Instance', {
      NetworkInterfaces: [
        {
          DeviceIndex: '0',
          SubnetId: ref('Public'),
          GroupSet: [ref('Group')],
          AssociatePublicIpAddress: false,
        },
      ],
    });
    assert.equal(reachOf({ Server: server }).answer.is, 'no');
  });

  test('no route to an internet gateway blocks', () => {
    const { Default: _, ...rest } = NETWORK;
    const graph = graphOf({ Resources: rest });
    const reach = reachFromInternet(graph, resource(graph, 'Server'));
    assert.equal(reach.answer.is, 'no');
    assert.match(reach.blockedBy?.what.en ?? '', /no route/);
  });

  test('a NAT gateway lets out, not in', () => {
    const reach = reachOf({
      Default: piece('AWS::EC2::Route', {
        RouteTableId: ref('Routes'),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: 'nat-1',
      }),
    });
    assert.equal(reach.answer.is, 'no');
    assert.match(reach.blockedBy?.what.en ?? '', /NAT gateway/);
  });

  test('longest prefix wins: two halves to a NAT gateway leave nothing for the default route', () => {
    const half = (cidr: string) =>
      piece('AWS::EC2::Route', {
        RouteTableId: ref('Routes'),
        DestinationCidrBlock: cidr,
        NatGatewayId: 'nat-1',
      });
    assert.equal(reachOf({ Low: half('0.0.0.0/1'), High: half('128.0.0.0/1') }).answer.is, 'no');
    assert.equal(reachOf({ Low: half('0.0.0.0/1') }).answer.is, 'yes');
  });

  test('a gateway that is a parameter leaves it open', () => {
    const reach = reachOf(
      {
        Default: piece('AWS::EC2::Route', {
          RouteTableId: ref('Routes'),
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: ref('Which'),
        }),
      },
      'Server',
      { Which: { Type: 'String' } },
    );
    assert.equal(reach.answer.is, 'unknown');
  });

  test('the main route table of a VPC leads nowhere', () => {
    const { PublicRoutes: _, ...rest } = NETWORK;
    const graph = graphOf({ Resources: rest });
    assert.equal(reachFromInternet(graph, resource(graph, 'Server')).answer.is, 'no');
  });

  test('a rule declared apart opens as an inline one does', () => {
    const reach = reachOf({
      ...changed('Group', { SecurityGroupIngress: [] }),
      Apart: piece('AWS::EC2::SecurityGroupIngress', {
        GroupId: ref('Group'),
        ...rule(8080, { CidrIp: '0.0.0.0/0' }),
      }),
    });
    assert.equal(reach.paths[0]?.port, 8080);
  });

  test('a customer’s prefix list is looked into, an unknown one leaves it open', () => {
    const listed = (cidr: string) => ({
      ...changed('Group', { SecurityGroupIngress: [rule(80, { SourcePrefixListId: ref('List') })] }),
      List: piece('AWS::EC2::PrefixList', { Entries: [{ Cidr: cidr }] }),
    });
    assert.equal(reachOf(listed('0.0.0.0/0')).answer.is, 'yes');
    assert.equal(reachOf(listed('198.51.100.0/24')).answer.is, 'no');
    const foreign = changed('Group', { SecurityGroupIngress: [rule(80, { SourcePrefixListId: 'pl-1' })] });
    assert.equal(reachOf(foreign).answer.is, 'unknown');
  });

  test('a security group that was not read leaves it open', () => {
    const server = piece('AWS::EC2::Instance', { SubnetId: ref('Public'), SecurityGroupIds: ['sg-1'] });
    assert.equal(reachOf({ Server: server }).answer.is, 'unknown');
  });

  test('IPv6 has its own addresses, routes and rules', () => {
    const six = {
      ...changed('Group', { SecurityGroupIngress: [rule(80, { CidrIpv6: '::/0' })] }),
      ...changed('Public', { MapPublicIpOnLaunch: false, AssignIpv6AddressOnCreation: true }),
      Six: piece('AWS::EC2::Route', {
        RouteTableId: ref('Routes'),
        DestinationIpv6CidrBlock: '::/0',
        GatewayId: ref('Gateway'),
      }),
    };
    assert.equal(reachOf(six).answer.is, 'yes');
    const egressOnly = piece('AWS::EC2::Route', {
      RouteTableId: ref('Routes'),
      DestinationIpv6CidrBlock: '::/0',
      EgressOnlyInternetGatewayId: 'eigw-1',
    });
    assert.equal(reachOf({ ...six, Six: egressOnly }).answer.is, 'no');
  });

  test('below an undecided condition it is reached perhaps', () => {
    const graph = graphOf({
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Live: { 'Fn::Equals': [ref('Stage'), 'live'] } },
      Resources: { ...NETWORK, Server: { ...NETWORK.Server, Condition: 'Live' } },
    });
    assert.equal(reachFromInternet(graph, resource(graph, 'Server')).answer.is, 'unknown');
  });

  test('VPC Block Public Access stops it, an exclusion of the subnet lets it through again', () => {
    const block = piece('AWS::EC2::VPCBlockPublicAccessOptions', {
      InternetGatewayBlockMode: 'block-ingress',
    });
    const blocked = reachOf({ Block: block });
    assert.equal(blocked.answer.is, 'no');
    assert.match(blocked.blockedBy?.what.en ?? '', /Block Public Access/);
    const exclusion = piece('AWS::EC2::VPCBlockPublicAccessExclusion', {
      SubnetId: ref('Public'),
      InternetGatewayExclusionMode: 'allow-bidirectional',
    });
    assert.equal(reachOf({ Block: block, Exclusion: exclusion }).answer.is, 'yes');
  });

  test('a path through a network firewall is told with the firewall on it', () => {
    const graph = graphOf({
      Resources: {
        ...NETWORK,
        FirewallSubnet: piece('AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' }),
        FirewallSubnetRoutes: piece('AWS::EC2::SubnetRouteTableAssociation', {
          SubnetId: ref('FirewallSubnet'),
          RouteTableId: ref('Routes'),
        }),
        Firewall: piece('AWS::NetworkFirewall::Firewall', {
          VpcId: ref('Vpc'),
          SubnetMappings: [{ SubnetId: ref('FirewallSubnet') }],
        }),
        Inspected: piece('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
        PublicRoutes: piece('AWS::EC2::SubnetRouteTableAssociation', {
          SubnetId: ref('Public'),
          RouteTableId: ref('Inspected'),
        }),
        ToFirewall: piece('AWS::EC2::Route', {
          RouteTableId: ref('Inspected'),
          DestinationCidrBlock: '0.0.0.0/0',
          VpcEndpointId: {
            'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, att('Firewall', 'EndpointIds')] }] }],
          },
        }),
      },
    });
    const reach = reachFromInternet(graph, resource(graph, 'Server'));
    assert.equal(reach.answer.is, 'yes');
    assert.ok(reach.paths[0]?.hops.some((hop) => hop.resource === 'cfn:test/Firewall'));
  });
});

describe('network ACLs', () => {
  const acl = (entries: readonly object[]): Pieces => ({
    Acl: piece('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }),
    AclOfPublic: piece('AWS::EC2::SubnetNetworkAclAssociation', {
      SubnetId: ref('Public'),
      NetworkAclId: ref('Acl'),
    }),
    ...Object.fromEntries(
      entries.map((entry, index) => [
        `Entry${index}`,
        piece('AWS::EC2::NetworkAclEntry', {
          NetworkAclId: ref('Acl'),
          RuleNumber: 100 + index,
          Protocol: 6,
          RuleAction: 'allow',
          CidrBlock: '0.0.0.0/0',
          ...entry,
        }),
      ]),
    ),
  });
  const inbound = { PortRange: { From: 80, To: 80 } };
  const outbound = { Egress: true, PortRange: { From: 1024, To: 65_535 } };

  test('let through what both directions allow', () => {
    const reach = reachOf(acl([inbound, outbound]));
    assert.equal(reach.answer.is, 'yes');
    assert.ok(reach.paths[0]?.hops.some((hop) => hop.resource === 'cfn:test/Acl'));
  });

  test('are stateless: without the way back nothing passes', () => {
    assert.equal(reachOf(acl([inbound])).answer.is, 'no');
  });

  test('the way back uses ephemeral ports, not the port of the service', () => {
    assert.equal(reachOf(acl([inbound, { Egress: true, PortRange: { From: 80, To: 80 } }])).answer.is, 'no');
  });

  test('the lower number decides', () => {
    const deny = { RuleAction: 'deny', RuleNumber: 50, PortRange: { From: 80, To: 80 } };
    assert.equal(reachOf(acl([inbound, outbound, deny])).answer.is, 'no');
    assert.equal(
      reachOf(acl([inbound, outbound, { ...deny, CidrBlock: '198.51.100.0/24' }])).answer.is,
      'yes',
    );
    assert.equal(reachOf(acl([inbound, outbound, { ...deny, RuleNumber: 500 }])).answer.is, 'yes');
  });

  test('an undecided rule leaves it open', () => {
    const reach = reachOf(
      acl([
        { ...inbound, RuleNumber: 200 },
        outbound,
        { RuleAction: 'deny', RuleNumber: 50, PortRange: { From: 80, To: 80 }, CidrBlock: ref('Range') },
      ]),
      'Server',
      {
        Range: { Type: 'String' },
      },
    );
    assert.equal(reach.answer.is, 'unknown');
  });
});

describe('load balancers', () => {
  const balancer = (properties: object = {}, listener: object = {}): Pieces => ({
    Balancer: piece('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: [ref('Public')],
      SecurityGroups: [ref('Group')],
      ...properties,
    }),
    Listener: piece('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Balancer'),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [],
      ...listener,
    }),
  });

  test('answer strangers on their listeners’ ports', () => {
    assert.equal(reachOf(balancer(), 'Balancer').answer.is, 'yes');
    assert.equal(reachOf(balancer({}, { Port: 8443 }), 'Balancer').answer.is, 'no');
  });

  test('internal ones do not, an undecided scheme leaves it open', () => {
    assert.equal(reachOf(balancer({ Scheme: 'internal' }), 'Balancer').answer.is, 'no');
    const open = reachOf(balancer({ Scheme: ref('Scheme') }), 'Balancer', { Scheme: { Type: 'String' } });
    assert.equal(open.answer.is, 'unknown');
  });

  test('a network load balancer without groups filters nothing', () => {
    const reach = reachOf(
      balancer({ Type: 'network', SecurityGroups: undefined }, { Protocol: 'TCP', Port: 22 }),
      'Balancer',
    );
    assert.equal(reach.answer.is, 'yes');
    assert.equal(reach.paths[0]?.port, 22);
  });
});

describe('databases', () => {
  const database = (properties: object): Pieces => ({
    Subnets: piece('AWS::RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'x', SubnetIds: [ref('Public')] }),
    Group: piece('AWS::EC2::SecurityGroup', {
      GroupDescription: 'x',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [rule(5432, { CidrIp: '0.0.0.0/0' })],
    }),
    Database: piece('AWS::RDS::DBInstance', {
      Engine: 'postgres',
      DBSubnetGroupName: ref('Subnets'),
      VPCSecurityGroups: [ref('Group')],
      ...properties,
    }),
  });

  test('are reached on their engine’s port when they are public', () => {
    assert.equal(reachOf(database({ PubliclyAccessible: true }), 'Database').answer.is, 'yes');
    assert.equal(
      reachOf(database({ PubliclyAccessible: true, Engine: 'mysql' }), 'Database').answer.is,
      'no',
    );
    assert.equal(reachOf(database({ PubliclyAccessible: false }), 'Database').answer.is, 'no');
  });

  test('an omitted setting is undecided in public subnets and no matter in private ones', () => {
    assert.equal(reachOf(database({}), 'Database').answer.is, 'unknown');
    const subnets = piece('AWS::RDS::DBSubnetGroup', {
      DBSubnetGroupDescription: 'x',
      SubnetIds: [ref('Private')],
    });
    assert.equal(reachOf({ ...database({}), Subnets: subnets }, 'Database').answer.is, 'no');
  });
});

describe('search domains', () => {
  const statement = (principal: unknown) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'es:*', Resource: '*' }],
  });

  test('outside a VPC their access policy decides', () => {
    const domain = (properties: object) => ({
      Domain: piece('AWS::OpenSearchService::Domain', { ...properties }),
    });
    assert.equal(reachOf(domain({ AccessPolicies: statement('*') }), 'Domain').answer.is, 'yes');
    assert.equal(
      reachOf(domain({ AccessPolicies: statement({ AWS: '123456789012' }) }), 'Domain').answer.is,
      'no',
    );
    assert.equal(reachOf(domain({}), 'Domain').answer.is, 'no');
    const inside = { AccessPolicies: statement('*'), VPCOptions: { SubnetIds: [ref('Private')] } };
    assert.equal(reachOf(domain(inside), 'Domain').answer.is, 'no');
  });
});

describe('what is not followed', () => {
  test('is unknown, never closed', () => {
    const reach = reachOf({ Broker: piece('AWS::AmazonMQ::Broker') }, 'Broker');
    assert.equal(reach.answer.is, 'unknown');
    assert.match(reach.blockedBy?.what.en ?? '', /does not follow AWS::AmazonMQ::Broker/);
  });
});
