import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import { text } from '../kernel/texts.ts';
import { off, on, presenceOf, rollUp, strongest, unsure } from './presence.ts';
import { runSafeguards } from './run.ts';
import { type Presence, type Safeguard, safeguard } from './safeguard.ts';

const TWO = graphOf(`
Parameters: { Stage: { Type: String } }
Conditions: { Production: !Equals [!Ref Stage, production] }
Resources:
  Sure: { Type: AWS::S3::Bucket }
  Maybe: { Type: AWS::S3::Bucket, Condition: Production }
`);

const SAID = text('because', 'なぜなら');

function bucketSafeguard(presence: Safeguard['presence']): Safeguard {
  return safeguard({
    id: 'sample',
    name: text('Sample', '見本'),
    alsoKnownAs: ['sample'],
    factor: 'vulnerability',
    effect: 'block',
    price: 'free',
    stops: SAID,
    doesNotStop: SAID,
    attachesTo: ['AWS::S3::Bucket'],
    presence,
    remedy: () => ({ summary: SAID, edits: [] }),
  });
}

function attachmentsOf(presence: Safeguard['presence'], graph: ResourceGraph = TWO) {
  const [report] = runSafeguards(graph, [bucketSafeguard(presence)]);
  assert.ok(report);
  return report.attachments;
}

describe('running safeguards', () => {
  test('attaches at every place of its types and tells basis, date and place in the file', () => {
    const [sure] = attachmentsOf(() => on(SAID));
    assert.equal(sure?.state, 'on');
    assert.equal(sure?.basis, 'template');
    assert.equal(sure?.asOf, TWO.facts.asOf);
    assert.equal(sure?.source?.line, 5);
  });

  test('a place that may not exist is neither on nor off, and names the condition', () => {
    for (const presence of [on(SAID), off(SAID)]) {
      const maybe = attachmentsOf(() => presence).find((each) => each.resource.endsWith('Maybe'));
      assert.equal(maybe?.state, 'unknown');
      assert.ok(maybe?.undecided?.some((expression) => expression.includes('Production')));
    }
  });

  test('its facets are unknown as well', () => {
    const facets = [{ id: 'a', state: 'on' as const, because: SAID }];
    const maybe = attachmentsOf(() => ({ ...on(SAID), facets })).find((each) =>
      each.resource.endsWith('Maybe'),
    );
    assert.equal(maybe?.facets?.[0]?.state, 'unknown');
  });

  test('a safeguard that fails is reported as unknown, not skipped', () => {
    const attachments = attachmentsOf(() => {
      throw new Error('broken');
    });
    assert.equal(attachments.length, 2);
    assert.ok(
      attachments.every((each) => each.state === 'unknown' && /sample.*broken/.test(each.because.en)),
    );
  });

  test('places where a safeguard has no business are left out', () => {
    assert.deepEqual(
      attachmentsOf(() => undefined),
      [],
    );
  });

  test('what people declare decides an unknown, never a decided state', () => {
    const safeguards = [{ safeguard: 'sample', resource: 'Sure', state: 'off' as const, says: 'not yet' }];
    const declaration = { ...TWO.facts.declaration, safeguards };
    const graph = new ResourceGraph({ ...TWO.facts, declaration }, TWO.resources);
    const stateOf = (presence: Presence) =>
      attachmentsOf(() => presence, graph).find((each) => each.resource.endsWith('Sure'));
    assert.deepEqual(
      [stateOf(unsure(SAID))?.state, stateOf(unsure(SAID))?.basis, stateOf(on(SAID))?.state],
      ['off', 'declared', 'on'],
    );
  });
});

describe('states', () => {
  const facet = (id: string) => ({ id, name: text(id, id) });
  const roll = (...presences: readonly Presence[]) =>
    rollUp(presences.map((presence, index) => ({ facet: facet(String(index)), presence }))).state;

  test('facets agree, differ, or leave it open', () => {
    assert.equal(roll(on(SAID), on(SAID)), 'on');
    assert.equal(roll(off(SAID), off(SAID)), 'off');
    assert.equal(roll(on(SAID), off(SAID)), 'partial');
    assert.equal(roll(on(SAID), unsure(SAID)), 'unknown');
    assert.equal(roll(off(SAID), unsure(SAID)), 'unknown');
    assert.equal(roll(on(SAID), off(SAID), unsure(SAID)), 'partial');
    assert.equal(roll(), 'not-applicable');
  });

  test('the strongest of several providers counts', () => {
    assert.equal(strongest([off(SAID), unsure(SAID), on(SAID)])?.state, 'on');
    assert.equal(strongest([off(SAID), unsure(SAID)])?.state, 'unknown');
    assert.equal(strongest([]), undefined);
  });

  test('three answers give three states', () => {
    const texts = { on: SAID, off: SAID, unknown: SAID };
    assert.equal(presenceOf({ is: 'yes' }, texts).state, 'on');
    assert.equal(presenceOf({ is: 'no' }, texts).state, 'off');
    assert.equal(presenceOf({ is: 'unknown', undecided: [] }, texts).state, 'unknown');
  });
});
