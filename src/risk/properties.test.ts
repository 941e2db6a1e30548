import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import { verbatim } from '../kernel/texts.ts';
import type { AttackPath, Guard, Risk, Scoring } from '../model/risk.ts';
import { findRisks } from './find.ts';
import { fingerprintOf } from './fingerprint.ts';
import { highWithGuards, minimalSets, openGuards } from './minimal-sets.ts';
import { bandOf, scoresOf } from './score.ts';
import { reportsFor, type States } from './testing.ts';
import { CHOICES, type Choice, environment, PLACES } from './testing-environments.ts';
import { verifyScores } from './verify.ts';

const guards: fc.Arbitrary<Guard> = fc.record({
  safeguard: fc.constantFrom('waf', 'patch', 'tls', 'split'),
  place: fc.constantFrom('a', 'b', 'c'),
  effect: fc.constantFrom('block', 'hinder', 'detect', 'limit'),
  state: fc.constantFrom('on', 'partial', 'off', 'unknown', 'not-applicable'),
  proposed: fc.boolean(),
});

const paths: fc.Arbitrary<AttackPath> = fc.record({
  decided: fc.boolean(),
  steps: fc.array(
    fc.record({
      resource: fc.constantFrom('x', 'y'),
      what: fc.constant(verbatim('x')),
      guards: fc.array(guards, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const intervals = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

const scorings: fc.Arbitrary<Scoring> = fc
  .record({
    importance: intervals,
    threat: intervals,
    threatReason: fc.constant(verbatim('x')),
    limits: fc.array(
      guards.map((guard) => ({ ...guard, effect: 'limit' as const })),
      { maxLength: 2 },
    ),
    paths: fc.array(paths, { minLength: 1, maxLength: 4 }),
  })
  .map(consistent);

/** A scoring in which a safeguard has one state at a place, and is proposed there or not, on whatever path it stands. */
function consistent(scoring: Scoring): Scoring {
  const first = new Map<string, Guard>();
  return withGuards(scoring, (guard) => {
    const at = `${guard.safeguard}@${guard.place}`;
    const { state, proposed } = first.get(at) ?? guard;
    if (!first.has(at)) first.set(at, guard);
    return { ...guard, state, proposed };
  });
}

/** A scoring with a chosen guard put on wherever it stands. */
function switchedOn(scoring: Scoring, chosen: (guard: Guard) => boolean): Scoring {
  return withGuards(scoring, (guard) => (chosen(guard) ? { ...guard, state: 'on' } : guard));
}

function withGuards(scoring: Scoring, change: (guard: Guard) => Guard): Scoring {
  return {
    ...scoring,
    limits: scoring.limits.map(change),
    paths: scoring.paths.map((path) => ({
      ...path,
      steps: path.steps.map((step) => ({ ...step, guards: step.guards.map(change) })),
    })),
  };
}

describe('properties of the score', () => {
  test('values lie on the scale, intervals are in order, and current never exceeds inherent', () => {
    fc.assert(
      fc.property(scorings, (scoring) => {
        const scores = scoresOf(scoring);
        for (const stage of ['inherent', 'current', 'target'] as const) {
          const { low, high } = scores[stage];
          assert.ok(low <= high && [1, 2, 3, 4, 6, 9].includes(low) && [1, 2, 3, 4, 6, 9].includes(high));
          assert.equal(scores.band[stage], bandOf(high));
        }
        assert.ok(scores.current.high <= scores.inherent.high);
        assert.ok(scores.target.high <= scores.current.high);
      }),
      { numRuns: 600 },
    );
  });

  test('putting a safeguard on never raises a score', () => {
    fc.assert(
      fc.property(
        scorings,
        fc.constantFrom('waf', 'patch', 'tls', 'split'),
        fc.constantFrom('a', 'b', 'c'),
        (scoring, safeguard, place) => {
          const before = scoresOf(scoring).current;
          const after = scoresOf(
            switchedOn(scoring, (guard) => guard.safeguard === safeguard && guard.place === place),
          ).current;
          assert.ok(after.low <= before.low && after.high <= before.high);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('the order of paths, of limits and of the guards of a step does not matter', () => {
    fc.assert(
      fc.property(scorings, (scoring) => {
        const turned: Scoring = {
          ...scoring,
          limits: scoring.limits.toReversed(),
          paths: scoring.paths.toReversed().map((path) => ({
            ...path,
            steps: path.steps.map((step) => ({ ...step, guards: step.guards.toReversed() })),
          })),
        };
        assert.deepEqual(scoresOf(turned), scoresOf(scoring));
      }),
      { numRuns: 250 },
    );
  });

  test('a minimal set changes the band, and none of its parts does', () => {
    fc.assert(
      fc.property(scorings, (scoring) => {
        const now = scoresOf(scoring).band.current;
        for (const set of minimalSets(scoring)) {
          assert.notEqual(bandOf(highWithGuards(scoring, set)), now);
          for (const left of set) {
            const rest = set.filter((guard) => guard !== left);
            assert.equal(bandOf(highWithGuards(scoring, rest)), now);
          }
        }
        const all = highWithGuards(scoring, openGuards(scoring));
        assert.equal(minimalSets(scoring).length > 0, bandOf(all) !== now);
      }),
      { numRuns: 250 },
    );
  });

  test('the verifier agrees with the scorer, and with nothing else', () => {
    fc.assert(
      fc.property(
        scorings,
        fc.constantFrom('inherent', 'current', 'target'),
        fc.constantFrom('low', 'high'),
        (scoring, stage, end) => {
          const scores = scoresOf(scoring);
          const risk = {
            id: 'r',
            scoring,
            ...scores,
            assets: [{ resource: 'x', importance: scoring.importance }],
          };
          assert.deepEqual(verifyScores({ risks: [risk] }), []);
          const forged = { ...risk, [stage]: { ...scores[stage], [end]: scores[stage][end] === 1 ? 2 : 1 } };
          assert.ok(verifyScores({ risks: [forged] }).length > 0);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('a report that is none is not taken for agreement', () => {
    for (const report of [undefined, null, 1, [], {}, { risks: 'x' }, { risks: [{}] }, { risks: [null] }]) {
      assert.ok(verifyScores(report).length > 0);
    }
  });
});

/** Small environments, and the states of some safeguards in them (the others are off). */
const ENVIRONMENTS: fc.Arbitrary<Choice> = fc.record({
  scheme: fc.constantFrom(...CHOICES.scheme),
  source: fc.constantFrom(...CHOICES.source),
  port: fc.constantFrom(...CHOICES.port),
  publicIp: fc.constantFrom(...CHOICES.publicIp),
  databaseSource: fc.constantFrom(...CHOICES.databaseSource),
  databasePublic: fc.constantFrom(...CHOICES.databasePublic),
  action: fc.constantFrom(...CHOICES.action),
  maybe: fc.constantFrom(...CHOICES.maybe),
});
const STATES: fc.Arbitrary<States> = fc.dictionary(
  fc.constantFrom(...PLACES),
  fc.constantFrom('on', 'partial', 'off', 'unknown'),
);

function risksOf(template: object, chosen: States): readonly Risk[] {
  const graph = graphOf(template, { scope: 'account' });
  return findRisks(graph, [], reportsFor(graph, chosen)).risks;
}

describe('properties of random environments', () => {
  test('every score is verified, and adding a safeguard raises none', () => {
    fc.assert(
      fc.property(ENVIRONMENTS, STATES, fc.constantFrom(...PLACES), (choice, chosen, added) => {
        const template = environment(choice);
        const before = risksOf(template, chosen);
        assert.deepEqual(verifyScores(JSON.parse(JSON.stringify({ risks: before }))), []);
        const known = new Map(before.map((risk) => [risk.id, risk]));
        for (const risk of risksOf(template, { ...chosen, [added]: 'on' })) {
          const earlier = known.get(risk.id);
          assert.ok(earlier, `${risk.rule} appears by adding ${added}`);
          assert.ok(risk.current.high <= earlier.current.high && risk.current.low <= earlier.current.low);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the order in which resources are read changes neither ids, scores nor fingerprints', () => {
    fc.assert(
      fc.property(ENVIRONMENTS, STATES, (choice, chosen) => {
        const graph = graphOf(environment(choice), { scope: 'account' });
        const turned = new ResourceGraph(graph.facts, graph.resources.toReversed());
        const shown = (each: ResourceGraph) =>
          findRisks(each, [], reportsFor(each, chosen))
            .risks.map((risk) => `${risk.id} ${JSON.stringify(risk.current)} ${fingerprintOf(risk)}`)
            .sort();
        assert.deepEqual(shown(turned), shown(graph));
      }),
      { numRuns: 15 },
    );
  });
});
