import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { graphOf } from '../environment/testing.ts';
import type { OwnAsset, OwnMeasure, OwnRisk } from '../model/register.ts';
import { fingerprintOf } from './fingerprint.ts';
import { ownEntries, ownRiskId } from './own.ts';
import { verifyScores } from './verify.ts';

const source = { file: 'honmaru.assets.yaml', line: 1, column: 1 };
const graph = graphOf({ Resources: { Database: { Type: 'AWS::RDS::DBInstance' } } }, { stack: 'web' });

const pc: OwnAsset = {
  id: 'own:pc',
  name: 'PC',
  kind: 'pc',
  confidentiality: 3,
  integrity: 1,
  availability: 1,
  source,
};
const paper: OwnAsset = { id: 'own:paper', name: '書類', kind: 'paper', source };

function measure(
  effect: OwnMeasure['effect'],
  state: OwnMeasure['state'],
  more: Partial<OwnMeasure> = {},
): OwnMeasure {
  return { name: `${effect} ${state}`, effect, state, source, ...more };
}

function risk(more: Partial<OwnRisk> = {}): OwnRisk {
  return {
    key: 'lost',
    title: 'PCの紛失',
    factor: 'human-error',
    cause: '持ち出し',
    event: '紛失',
    effect: '流出',
    assets: [{ name: 'pc', source }],
    threat: 2,
    measures: [],
    source,
    ...more,
  };
}

function scored(more: Partial<OwnRisk> = {}, asset: OwnAsset = { ...pc, confidentiality: 2 }) {
  const { risks } = ownEntries(graph, { assets: [asset, paper], risks: [risk(more)] });
  const [found] = risks;
  assert.ok(found);
  return found;
}

describe('risks that people enter by hand', () => {
  test('their value is A x L from what is stated, as for every other risk', () => {
    const open = scored();
    assert.deepEqual(
      [open.inherent, open.current],
      [
        { low: 4, high: 4 },
        { low: 4, high: 4 },
      ],
    );
    assert.deepEqual(scored({ measures: [measure('hinder', 'on')] }).current, { low: 2, high: 2 });
    assert.deepEqual(scored({ threat: 3, measures: [measure('block', 'on')] }).current, { low: 2, high: 2 });
    assert.deepEqual(scored({ threat: 3, measures: [measure('limit', 'on')] }).current, { low: 3, high: 3 });
  });

  test('what is not stated is an interval: class, threat, and whether anything is done', () => {
    const unknown = scored({ assets: [{ name: 'paper', source }] });
    assert.deepEqual(unknown.scoring.importance, { low: 1, high: 3 });
    assert.equal(unknown.assets[0]?.assumed, true);
    const { threat: _, measures: __, ...silent } = risk();
    const { risks } = ownEntries(graph, { assets: [pc], risks: [silent] });
    assert.deepEqual(risks[0]?.scoring.threat, { low: 1, high: 3 });
    assert.deepEqual(risks[0]?.current, { low: 3, high: 9 });
    assert.deepEqual(risks[0]?.lowering, []);
  });

  test('what is planned counts in the target only, and is the proposal with its price', () => {
    const planned = scored({ threat: 3, measures: [measure('block', 'planned', { price: 'free' })] });
    assert.deepEqual([planned.current.high, planned.target.high], [6, 2]);
    assert.equal(planned.proposal.response, 'reduce');
    assert.equal(planned.proposal.price, 'free');
    assert.match(planned.proposal.reason.en, /falls from 6 to 2/);
  });

  test('importance 3 keeps the value at 3, and the reason says so', () => {
    const grave = scored({ threat: 1, measures: [measure('block', 'planned')] }, pc);
    assert.deepEqual(grave.target, { low: 3, high: 3 });
    assert.match(grave.proposal.reason.en, /importance of the asset \(3\)/);
  });

  test('two hinders count twice only at different places; detection is told beside the score', () => {
    const both = [measure('hinder', 'on', { name: 'a' }), measure('hinder', 'on', { name: 'b' })];
    assert.equal(scored({ threat: 3, measures: both }).current.high, 4);
    const apart = [both[0], { ...both[1], at: 'paper' }] as OwnMeasure[];
    assert.equal(scored({ threat: 3, measures: apart }).current.high, 2);
    const seen = scored({ threat: 3, measures: [measure('detect', 'on')] });
    assert.deepEqual([seen.current.high, seen.seenBy.length], [6, 1]);
  });

  test('may reach resources of the environment, by name or id', () => {
    const reached = scored({ assets: [{ name: 'Database', source }] });
    assert.equal(reached.assets[0]?.resource, 'cfn:web/Database');
    assert.equal(scored({ assets: [{ name: 'cfn:web/Database', source }] }).assets.length, 1);
  });

  test('a name that means nothing is told with its place and the nearest one, and unknown is not safe', () => {
    const odd = risk({ assets: [{ name: 'pcs', source }] });
    const { notes, risks } = ownEntries(graph, { assets: [pc], risks: [odd] });
    assert.equal(notes[0]?.kind, 'input');
    assert.equal(notes[0]?.remedy?.en, 'did you mean "pc"?');
    assert.deepEqual(risks[0]?.scoring.importance, { low: 1, high: 3 });
  });

  test('keep their id when texts change; their fingerprint follows the facts', () => {
    const before = scored();
    const retold = scored({ title: 'その他', cause: 'x' });
    assert.equal(before.id, ownRiskId('lost'));
    assert.equal(retold.id, before.id);
    assert.equal(fingerprintOf(retold), fingerprintOf(before));
    assert.notEqual(fingerprintOf(scored({ measures: [measure('hinder', 'on')] })), fingerprintOf(before));
    assert.notEqual(fingerprintOf(scored({}, pc)), fingerprintOf(before));
  });

  test('the independent verifier agrees with whatever people state, and a measure never raises a value', () => {
    const level = fc.constantFrom(1, 2, 3, undefined);
    const measures = fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c'),
        effect: fc.constantFrom('block', 'hinder', 'detect', 'limit'),
        state: fc.constantFrom('on', 'partial', 'off', 'unknown', 'planned'),
        at: fc.constantFrom('pc', 'paper', 'Database'),
        source: fc.constant(source),
      }) as fc.Arbitrary<OwnMeasure>,
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(level, level, measures, (threat, confidentiality, stated) => {
        const { threat: _, ...rest } = risk({ measures: stated });
        const { confidentiality: __, ...bare } = pc;
        const asset = confidentiality === undefined ? bare : { ...bare, confidentiality };
        const one = threat === undefined ? rest : { ...rest, threat };
        const { risks } = ownEntries(graph, { assets: [asset, paper], risks: [one] });
        assert.deepEqual(verifyScores(JSON.parse(JSON.stringify({ risks }))), []);
        const more = { ...one, measures: [...stated, measure('hinder', 'on', { name: 'more' })] };
        const [after] = ownEntries(graph, { assets: [asset, paper], risks: [more] }).risks;
        assert.ok(after && risks[0] && after.current.high <= risks[0].current.high);
      }),
      { numRuns: 200 },
    );
  });

  test('assets stand in the inventory as entered by hand', () => {
    const { assets, resources } = ownEntries(graph, { assets: [pc, paper], risks: [] });
    assert.deepEqual(
      assets.map(({ resource, kind, byHand, assumed }) => [resource, kind, byHand, assumed]),
      [
        ['own:pc', 'pc', true, false],
        ['own:paper', 'paper', true, true],
      ],
    );
    assert.equal(resources[0]?.type, 'Own::Pc');
  });
});
