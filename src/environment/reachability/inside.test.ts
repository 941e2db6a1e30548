import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf, resource } from '../testing.ts';
import { reach, waysTo } from './index.ts';
import { att, NETWORK, type Pieces, piece, ref, rule } from './testing.ts';

function database(source: object, more: Pieces = {}): Pieces {
  return {
    ...NETWORK,
    Subnets: piece('AWS::RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'x', SubnetIds: [ref('Private')] }),
    DataGroup: piece('AWS::EC2::SecurityGroup', {
      GroupDescription: 'x',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [rule(3306, { ...source })],
    }),
    Database: piece('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      DBSubnetGroupName: ref('Subnets'),
      VPCSecurityGroups: [ref('DataGroup')],
    }),
    ...more,
  };
}

function answer(pieces: Pieces, parameters: object = {}) {
  const graph = graphOf({ Parameters: parameters, Resources: pieces });
  return reach(graph, resource(graph, 'Server'), resource(graph, 'Database')).answer.is;
}

describe('inside a network', () => {
  test('a group reference admits the members of the group', () => {
    assert.equal(answer(database({ SourceSecurityGroupId: ref('Group') })), 'yes');
    assert.equal(answer(database({ SourceSecurityGroupId: att('Group', 'GroupId') })), 'yes');
    const other = { Other: piece('AWS::EC2::SecurityGroup', { GroupDescription: 'x', VpcId: ref('Vpc') }) };
    assert.equal(answer(database({ SourceSecurityGroupId: ref('Other') }, other)), 'no');
  });

  test('a range admits a subnet that it covers; a part of the subnet leaves it open', () => {
    assert.equal(answer(database({ CidrIp: '10.0.0.0/16' })), 'yes');
    assert.equal(answer(database({ CidrIp: '10.0.0.0/24' })), 'yes');
    assert.equal(answer(database({ CidrIp: '10.0.0.128/25' })), 'unknown');
    assert.equal(answer(database({ CidrIp: '10.9.0.0/24' })), 'no');
  });

  test('an undecided range leaves it open', () => {
    assert.equal(answer(database({ CidrIp: ref('Range') }), { Range: { Type: 'String' } }), 'unknown');
  });

  test('egress rules of the server count', () => {
    const group = piece('AWS::EC2::SecurityGroup', {
      GroupDescription: 'x',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [rule(80, { CidrIp: '0.0.0.0/0' })],
      SecurityGroupEgress: [rule(443, { CidrIp: '0.0.0.0/0' })],
    });
    assert.equal(answer(database({ SourceSecurityGroupId: ref('Group') }, { Group: group })), 'no');
  });

  test('members of the default group reach each other', () => {
    const server = piece('AWS::EC2::Instance', { SubnetId: ref('Public') });
    const inDefault = piece('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      DBSubnetGroupName: ref('Subnets'),
      VPCSecurityGroups: [att('Vpc', 'DefaultSecurityGroup')],
    });
    const pieces = database({}, { Server: server, Database: inDefault });
    assert.equal(answer(pieces), 'yes');
  });

  test('another VPC is another network, and a peering is not followed', () => {
    const apart: Pieces = {
      Other: piece('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }),
      Far: piece('AWS::EC2::Subnet', { VpcId: ref('Other'), CidrBlock: '10.1.0.0/24' }),
      Subnets: piece('AWS::RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'x', SubnetIds: [ref('Far')] }),
    };
    assert.equal(answer(database({ CidrIp: '0.0.0.0/0' }, apart)), 'no');
    const peering = piece('AWS::EC2::Route', {
      RouteTableId: ref('Routes'),
      DestinationCidrBlock: '10.1.0.0/16',
      VpcPeeringConnectionId: 'pcx-1',
    });
    assert.equal(answer(database({ CidrIp: '0.0.0.0/0' }, { ...apart, Peering: peering })), 'unknown');
  });

  test('the network ACL between the subnets counts', () => {
    const acl: Pieces = {
      Acl: piece('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }),
      AclOfPrivate: piece('AWS::EC2::SubnetNetworkAclAssociation', {
        SubnetId: ref('Private'),
        NetworkAclId: ref('Acl'),
      }),
    };
    assert.equal(answer(database({ SourceSecurityGroupId: ref('Group') }, acl)), 'no');
  });
});

describe('ways in', () => {
  const front: Pieces = {
    FrontGroup: piece('AWS::EC2::SecurityGroup', {
      GroupDescription: 'x',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [rule(443, { CidrIp: '0.0.0.0/0' })],
    }),
    Balancer: piece('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: [ref('Public')],
      SecurityGroups: [ref('FrontGroup')],
    }),
    Listener: piece('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Balancer'),
      Port: 443,
      Protocol: 'HTTPS',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
    Targets: piece('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 3000,
      Protocol: 'HTTP',
      VpcId: ref('Vpc'),
    }),
    Group: piece('AWS::EC2::SecurityGroup', {
      GroupDescription: 'x',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [rule(3000, { SourceSecurityGroupId: ref('FrontGroup') })],
    }),
    Template: piece('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: [ref('Group')] } }),
    Server: piece('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: '1',
      MaxSize: '3',
      VPCZoneIdentifier: [ref('Private')],
      TargetGroupARNs: [ref('Targets')],
      LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: '1' },
    }),
  };

  test('an Auto Scaling group in private subnets is reached through its load balancer', () => {
    const graph = graphOf({ Resources: { ...NETWORK, ...front } });
    const [way, ...others] = waysTo(graph, resource(graph, 'Server'));
    assert.equal(others.length, 0);
    assert.equal(way?.answer.is, 'yes');
    assert.deepEqual(
      way?.fronts.map((each) => each.name),
      ['Balancer'],
    );
  });

  test('a distribution before the load balancer is one more way', () => {
    const site = piece('AWS::CloudFront::Distribution', {
      DistributionConfig: { Enabled: true, Origins: [{ Id: 'app', DomainName: att('Balancer', 'DNSName') }] },
    });
    const graph = graphOf({ Resources: { ...NETWORK, ...front, Site: site } });
    const ways = waysTo(graph, resource(graph, 'Server'));
    assert.deepEqual(
      ways.map((way) => way.fronts.map((each) => each.name).join(' ')),
      ['Balancer', 'Site Balancer'],
    );
  });

  test('an internal load balancer behind a distribution (VPC origin) is reached only through that', () => {
    const origin = piece('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { Arn: ref('Balancer') } });
    const site = piece('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Enabled: true,
        Origins: [{ Id: 'app', DomainName: 'x', VpcOriginConfig: { VpcOriginId: ref('Origin') } }],
      },
    });
    const balancer = piece('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
      Subnets: [ref('Private')],
      SecurityGroups: [ref('FrontGroup')],
    });
    const graph = graphOf({
      Resources: { ...NETWORK, ...front, Site: site, Origin: origin, Balancer: balancer },
    });
    const ways = waysTo(graph, resource(graph, 'Server'));
    assert.deepEqual(
      ways.map((way) => way.fronts.map((each) => each.name).join(' ')),
      ['Site Balancer'],
    );
  });

  test('an ECS service and a function behind target groups and APIs are servers too', () => {
    const graph = graphOf({
      Resources: {
        ...NETWORK,
        ...front,
        Server: piece('AWS::ECS::Service', {
          LoadBalancers: [{ ContainerName: 'app', ContainerPort: 3000, TargetGroupArn: ref('Targets') }],
          NetworkConfiguration: {
            AwsvpcConfiguration: { Subnets: [ref('Private')], SecurityGroups: [ref('Group')] },
          },
        }),
        Work: piece('AWS::Lambda::Function'),
        Api: piece('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
        Integration: piece('AWS::ApiGatewayV2::Integration', {
          ApiId: ref('Api'),
          IntegrationUri: att('Work', 'Arn'),
        }),
      },
    });
    assert.equal(waysTo(graph, resource(graph, 'Server')).length, 1);
    assert.deepEqual(
      waysTo(graph, resource(graph, 'Work')).map((way) => way.fronts[0]?.name),
      ['Api'],
    );
  });
});
