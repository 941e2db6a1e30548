import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf, resource } from '../environment/testing.ts';
import { get } from '../model/value.ts';
import { withItems } from './edits.ts';

function attributes(list: unknown) {
  const graph = graphOf({
    Parameters: { Choice: { Type: 'String' } },
    Resources: {
      Front: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { LoadBalancerAttributes: list },
      },
    },
  });
  return get(resource(graph, 'Front').properties, 'LoadBalancerAttributes');
}

const wanted = [{ Key: 'deletion_protection.enabled', Value: 'true' }];

test('what is there stays, the same name is replaced', () => {
  const current = attributes([
    { Key: 'idle_timeout.timeout_seconds', Value: '60' },
    { Key: 'deletion_protection.enabled', Value: 'false' },
  ]);
  assert.deepEqual(withItems(current, wanted), [
    { Key: 'idle_timeout.timeout_seconds', Value: '60' },
    ...wanted,
  ]);
});

test('words are not doubled', () => {
  assert.deepEqual(withItems(attributes(['error', 'audit']), ['audit']), ['error', 'audit']);
});

test('a list that cannot be written out again gives no edit', () => {
  assert.equal(withItems(attributes([{ Key: 'a', Value: { Ref: 'Choice' } }]), wanted), undefined);
});
