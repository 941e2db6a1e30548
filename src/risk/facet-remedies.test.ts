import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { graphOf } from '../environment/testing.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';
import { runSafeguards } from '../safeguards/run.ts';
import { applied, type Json } from '../safeguards/testing-edits.ts';
import { findRisks } from './find.ts';

/** The parts that only risks ask for: what their remedy does to the guard of the risk. */
function stateAfter(template: string, rule: string, change?: (resources: Json) => void): string {
  const { Resources: resources } = parse(template) as { Resources: Json };
  const before = graphOf({ Resources: resources }, { scope: 'account' });
  const risk = findRisks(before, [], runSafeguards(before, SAFEGUARDS)).risks.find(
    (each) => each.rule === rule,
  );
  assert.ok(risk, `a risk of ${rule}`);
  const edits = risk.proposal.safeguards.flatMap(({ id, place, facet }) => {
    const resource = before.get(place);
    const safeguard = SAFEGUARDS.find((each) => each.id === id);
    return resource && safeguard && facet ? safeguard.remedy(before, resource, [facet]).edits : [];
  });
  assert.ok(edits.length > 0, 'the remedy has edits');
  const mended = applied(resources, edits);
  change?.(mended);
  const after = graphOf({ Resources: mended }, { scope: 'account' });
  const left = findRisks(after, [], runSafeguards(after, SAFEGUARDS)).risks.find(
    (each) => each.id === risk.id,
  );
  return left ? `${risk.current.high} → ${left.current.high}` : `${risk.current.high} → gone`;
}

const NETWORK = `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Route:
    Type: AWS::EC2::Route
    Properties: { RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes }
`.replaceAll(/!Ref (\w+)/g, '{ Ref: $1 }');

const BALANCED = `
Resources:${NETWORK}
  FrontGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: { Ref: Vpc }
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Scheme: internet-facing, Subnets: [{ Ref: Subnet }], SecurityGroups: [{ Ref: FrontGroup }] }
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: { VpcId: { Ref: Vpc }, Protocol: HTTP, Port: 80, Targets: [{ Id: { Ref: Server }, Port: 80 }] }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: { Ref: Balancer }
      Protocol: HTTPS
      Port: 443
      DefaultActions: [{ Type: forward, TargetGroupArn: { Ref: Targets } }]
  ServerGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web and ssh
      VpcId: { Ref: Vpc }
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
        - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }
  Server:
    Type: AWS::EC2::Instance
    Properties: { SubnetId: { Ref: Subnet }, SecurityGroupIds: [{ Ref: ServerGroup }] }
`;

const MASTER = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
  Code:
    Type: AWS::Lambda::Function
    Properties:
      Role: { 'Fn::GetAtt': [Role, Arn] }
      Environment:
        Variables:
          HOST: { 'Fn::GetAtt': [Database, Endpoint.Address] }
          SECRET: { 'Fn::GetAtt': [Database, MasterUserSecret.SecretArn] }
  Database:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: mysql, DBName: shop, MasterUsername: admin, ManageMasterUserPassword: true }
`;

describe('the remedy of a part that risks ask for', () => {
  test('closes a server to everybody but the load balancer in front of it', () => {
    assert.match(stateAfter(BALANCED, 'direct-ip'), /→ (gone|[1-4])$/);
  });

  test('enables a key under which data lie', () => {
    const template = `
Resources:
  Key: { Type: AWS::KMS::Key, Properties: { Enabled: false, KeyPolicy: {} } }
  Topic: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: { Ref: Key } } }
`;
    assert.match(stateAfter(template, 'key-lost'), /→ gone$/);
  });

  test('gives the application a database user with a secret that its role may read', () => {
    const edits = editsFor(MASTER, 'app-is-master');
    const kinds = edits.map((edit) => (edit.kind === 'add-resource' ? edit.type : edit.kind));
    assert.deepEqual(kinds, [
      'AWS::SecretsManager::Secret',
      'AWS::SecretsManager::SecretTargetAttachment',
      'AWS::IAM::Policy',
      'command',
    ]);
    assert.match(JSON.stringify(edits.at(-1)), /CREATE USER 'application'@'%'.*`shop`/);
    const value = stateAfter(MASTER, 'app-is-master', (resources) => {
      const { Properties } = resources.Code as { Properties: { Environment: { Variables: Json } } };
      Properties.Environment.Variables.SECRET = { Ref: 'DatabaseApplicationUser' };
    });
    assert.match(value, /→ (gone|[1-4])$/);
  });
});

function editsFor(template: string, rule: string) {
  const graph = graphOf(
    { Resources: (parse(template) as { Resources: Json }).Resources },
    { scope: 'account' },
  );
  const risk = findRisks(graph, [], runSafeguards(graph, SAFEGUARDS)).risks.find(
    (each) => each.rule === rule,
  );
  return (risk?.proposal.safeguards ?? []).flatMap(({ id, place, facet }) => {
    const resource = graph.get(place);
    const safeguard = SAFEGUARDS.find((each) => each.id === id);
    return resource && safeguard && facet ? safeguard.remedy(graph, resource, [facet]).edits : [];
  });
}
