import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../../environment/testing.ts';
import { networkRemedy } from './remedy.ts';

const WIDE = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, CidrIp: '10.0.0.0/16' };

function graphWith(serverGroup: string) {
  const group = (rules: readonly object[]) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'test', VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: rules },
  });
  return graphOf({
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      WebGroup: group([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }]),
      DataGroup: group([WIDE]),
      Server: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          SecurityGroupIds: [{ Ref: serverGroup }],
          UserData: { 'Fn::Base64': { 'Fn::Sub': 'echo ${Data.Endpoint.Address}' } },
        },
      },
      Data: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'mysql', VPCSecurityGroups: [{ Ref: 'DataGroup' }] },
      },
    },
  });
}

function remedyOfGroup(serverGroup: string) {
  const graph = graphWith(serverGroup);
  const place = graph.resources.find(({ name }) => name === 'DataGroup');
  assert.ok(place);
  return { place, remedy: networkRemedy(graph, place) };
}

describe('the group of a database that admits the whole network', () => {
  test('admits the group of the application instead, so that the application is not cut off', () => {
    const { place, remedy } = remedyOfGroup('WebGroup');
    assert.deepEqual(remedy.edits, [
      {
        kind: 'set-property',
        resource: place.id,
        path: ['SecurityGroupIngress'],
        value: [
          {
            IpProtocol: 'tcp',
            FromPort: 3306,
            ToPort: 3306,
            SourceSecurityGroupId: { Ref: 'WebGroup' },
          },
        ],
      },
    ]);
  });

  test('keeps its other rules where servers share it', () => {
    const { place, remedy } = remedyOfGroup('DataGroup');
    assert.deepEqual(remedy.edits, [
      { kind: 'remove-property', resource: place.id, path: ['SecurityGroupIngress', '0'] },
    ]);
  });
});
