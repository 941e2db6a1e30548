import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf, resource } from '../environment/testing.ts';
import { zoneKey } from './zones.ts';

const zoned = (zone: unknown) => ({ Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: zone } });
const graph = graphOf({
  Parameters: { Zone: { Type: 'String' } },
  Resources: {
    Named: zoned('ap-northeast-1a'),
    Second: zoned({ 'Fn::Select': [1, { 'Fn::GetAZs': 'us-east-1' }] }),
    Chosen: zoned({ Ref: 'Zone' }),
    Free: { Type: 'AWS::EC2::Subnet' },
  },
});

const CASES = [
  ['Named', 'ap-northeast-1a'],
  ['Second', '#1'],
  ['Free', ''],
] as const;

for (const [name, key] of CASES) {
  test(`${name} stands in zone ${JSON.stringify(key)}`, () => {
    assert.equal(zoneKey(resource(graph, name)), key);
  });
}

test('a zone that a parameter decides is called by its expression', () => {
  assert.match(zoneKey(resource(graph, 'Chosen')), /Zone/);
});
