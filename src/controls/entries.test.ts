import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf, resource } from '../environment/testing.ts';
import { get } from '../model/value.ts';
import { entryNamed } from './entries.ts';

function attribute(list: unknown) {
  const graph = graphOf({
    Parameters: { Choice: { Type: 'String' } },
    Conditions: { Undecided: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
    Resources: {
      Front: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { LoadBalancerAttributes: list },
      },
    },
  });
  return entryNamed(get(resource(graph, 'Front').properties, 'LoadBalancerAttributes'), 'idle');
}

test('the value under a name is found', () => {
  assert.equal(attribute([{ Key: 'idle', Value: '60' }]).kind, 'known');
});

test('a name that is not there is absent', () => {
  assert.equal(attribute([{ Key: 'other', Value: '60' }]).kind, 'absent');
});

test('a list or a name that is undecided leaves it open', () => {
  assert.equal(attribute([{ Key: { Ref: 'Choice' }, Value: '60' }]).kind, 'unknown');
  const choice = attribute({
    'Fn::If': ['Undecided', [{ Key: 'idle', Value: '60' }], { Ref: 'AWS::NoValue' }],
  });
  assert.equal(choice.kind, 'oneOf');
});
