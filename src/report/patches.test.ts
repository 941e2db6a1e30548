import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { text, verbatim } from '../kernel/texts.ts';
import type { Edit } from '../model/remedy.ts';
import { safeguard } from '../safeguards/safeguard.ts';
import { patchParts } from './patch-parts.ts';
import { patchesOf } from './patches.ts';
import { sampleAssessment, sampleRisk } from './testing.ts';

const graph = graphOf(
  { Resources: { LoadBalancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } } },
  { stack: 'webapp' },
);
const waf = safeguard({
  id: 'waf',
  name: verbatim('AWS WAF'),
  alsoKnownAs: [],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'a-few-dollars',
  stops: verbatim('x'),
  doesNotStop: verbatim('y'),
  attachesTo: [],
  presence: () => undefined,
  remedy: () => ({ summary: text('put it on', '有効にします'), edits: [] }),
});

test('what several risks propose is mended once; a place that the graph has not, never', () => {
  const { risks } = sampleAssessment();
  const again = [...risks, sampleRisk(1), sampleRisk(2)];
  const patches = patchesOf({ risks: again }, graph, [waf]);
  assert.deepEqual(
    patches.map(({ safeguard: id, place }) => `${id} ${place}`),
    ['waf cfn:webapp/LoadBalancer'],
  );
});

function code(edit: Edit): readonly string[] {
  const resource = graph.get('cfn:webapp/LoadBalancer');
  assert.ok(resource);
  const [part] = patchParts({ summary: verbatim(''), edits: [edit] }, { graph, resource }, verbatim);
  return [part?.where?.en ?? '', ...(part?.code ?? [])];
}

test('a number in a path is a place in a list', () => {
  const edit = { kind: 'set-property', resource: 'R', path: ['Tags', '0'], value: { Key: 'a' } } as const;
  assert.deepEqual(code(edit), [
    'at R (as item 0 of the list, counted from 0):',
    'Properties:',
    '  Tags:',
    '    - Key: a',
  ]);
});

test('an attribute stands beside the properties, a command stands alone', () => {
  const edit = {
    kind: 'set-attribute',
    resource: 'R',
    attribute: 'DeletionPolicy',
    value: 'Snapshot',
  } as const;
  assert.deepEqual(code(edit), ['at R, beside Properties:', 'DeletionPolicy: Snapshot']);
  assert.deepEqual(code({ kind: 'command', command: 'aws s3 ls' }), ['', '$ aws s3 ls']);
});
