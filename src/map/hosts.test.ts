import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf, resource } from '../environment/testing.ts';
import { hostOf } from './hosts.ts';

const graph = graphOf({
  Resources: {
    Front: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Front' } },
    },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: { ListenerArn: { Ref: 'Listener' } },
    },
    Settings: { Type: 'AWS::RDS::DBParameterGroup' },
    Data: { Type: 'AWS::RDS::DBInstance', Properties: { DBParameterGroupName: { Ref: 'Settings' } } },
    Files: { Type: 'AWS::S3::Bucket' },
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Files' } } },
    Lonely: { Type: 'AWS::EC2::RouteTable' },
  },
});

const CASES = [
  ['Front', 'Front'],
  ['Listener', 'Front'],
  ['Rule', 'Front'],
  ['Settings', 'Data'],
  ['Policy', 'Files'],
] as const;

for (const [part, host] of CASES) {
  test(`${part} is shown at ${host}`, () => {
    assert.equal(hostOf(graph, resource(graph, part))?.name, host);
  });
}

test('a part of nothing has no host', () => {
  assert.equal(hostOf(graph, resource(graph, 'Lonely')), undefined);
});
