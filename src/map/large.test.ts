import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { verbatim } from '../kernel/texts.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { boxesOf, checkGeometry } from './geometry.ts';
import { layoutMap } from './layout.ts';
import { routeFlows } from './route.ts';

const VPCS = 6;
const ZONES = ['a', 'b', 'c', 'd'];
const SUBNETS = 3;

/** As much as is drawn one by one: nothing of it is heaped up. */
function wide(): Record<string, object> {
  const resources: Record<string, object> = {};
  for (let vpc = 0; vpc < VPCS; vpc += 1) {
    resources[`Vpc${vpc}`] = { Type: 'AWS::EC2::VPC' };
    for (const zone of ZONES) {
      for (let number = 0; number < SUBNETS; number += 1) {
        const name = `${vpc}${zone}${number}`;
        const subnet = { Ref: `Subnet${name}` };
        resources[`Subnet${name}`] = {
          Type: 'AWS::EC2::Subnet',
          Properties: { VpcId: { Ref: `Vpc${vpc}` }, AvailabilityZone: `us-east-1${zone}` },
        };
        resources[`Server${name}`] = { Type: 'AWS::EC2::Instance', Properties: { SubnetId: subnet } };
        resources[`OtherServer${name}`] = { Type: 'AWS::EC2::Instance', Properties: { SubnetId: subnet } };
        resources[`Nat${name}`] = { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: subnet } };
      }
    }
  }
  return resources;
}

describe('a drawing of more than 300 boxes', () => {
  const graph = graphOf({ Resources: wide() });
  const safeguards = [
    {
      id: 'patch-manager',
      name: verbatim('patch-manager'),
      factor: 'vulnerability',
      effect: 'hinder',
      price: 'free',
      attachments: graph.ofType('AWS::EC2::Instance').map(({ id }) => ({
        resource: id,
        state: 'off',
        because: verbatim('x'),
        basis: 'template',
        asOf: '',
      })),
    },
  ] as readonly SafeguardReport[];
  const layout = layoutMap(graph, safeguards, 'ja');

  test('keeps the geometry', () => {
    assert.ok([...boxesOf(layout.boxes)].length > 300);
    assert.deepEqual(checkGeometry(layout, graph), []);
  });

  test('has a line for each way, in horizontal and vertical pieces that stay in the picture', () => {
    const servers = graph.ofType('AWS::EC2::Instance').slice(0, 60);
    const flows = servers.map(({ id }) => ({ from: 'internet', to: id, decided: true }));
    const routed = routeFlows(layout, flows);
    assert.equal(routed.length, flows.length);
    for (const { points } of routed) {
      for (const [index, { x, y }] of points.entries()) {
        assert.ok(x >= 0 && y >= 0 && x <= layout.width && y <= layout.height);
        const before = points[index - 1];
        assert.ok(!before || before.x === x || before.y === y);
      }
    }
  });
});
