import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Assessment } from '../../model/assessment.ts';
import type { Band, Guard, Risk, Scoring } from '../../model/risk.ts';
import { bandOf, guardKey, highWith, valueAt } from '../../risk/score.ts';
import { type Choosable, cheapestSet } from './cheapest.ts';
import { withinBudget } from './choose.ts';
import { placedId } from './impact.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;

function guard(name: string, effect: Guard['effect']): Guard {
  return { safeguard: name, place: 'p', effect, state: 'off', proposed: false };
}

/** A risk whose paths have some guards each. */
function riskOf(index: number, paths: readonly (readonly Guard[])[], importance: number): Risk {
  const text = { en: '', ja: '' };
  const scoring: Scoring = {
    importance: { low: importance, high: importance },
    threat: { low: 3, high: 3 },
    threatReason: text,
    limits: [],
    paths: paths.map((guards) => ({
      decided: true,
      steps: guards.map((each, step) => ({ resource: `r${step}`, what: text, guards: [each] })),
    })),
  };
  const current = valueAt(scoring, 'current');
  return { id: `risk-${index}`, rule: `rule-${index}`, scoring, current } as Risk;
}

const assessmentOf = (risks: readonly Risk[]) => ({ risks }) as Assessment;

const guardArbitrary = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom<Guard['effect']>('block', 'hinder', 'hinder'))
  .map(([name, effect]) => guard(name, effect));
const risksArbitrary = fc
  .array(
    fc.tuple(
      fc.array(fc.array(guardArbitrary, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map(([paths, importance], index) => riskOf(index, paths, importance)));
const pricesArbitrary = fc.tuple(...NAMES.map(() => fc.integer({ min: 0, max: 9 })));

const RANK: Readonly<Record<Band, number>> = { low: 0, medium: 1, high: 2 };

function bandWith(risk: Risk, ids: ReadonlySet<string>): Band {
  const guards = risk.scoring.paths.flatMap(({ steps }) => steps.flatMap((step) => step.guards));
  const keys = guards.filter((each) => ids.has(placedId(each))).map(guardKey);
  return bandOf(highWith(risk.scoring, new Set(keys)));
}

const choosable = (prices: readonly number[]): readonly Choosable[] =>
  NAMES.map((name, index) => ({ id: `${name}@p`, dollars: prices[index] ?? 0 }));

function subsets(all: readonly Choosable[]): readonly (readonly Choosable[])[] {
  return Array.from({ length: 1 << all.length }, (_, mask) =>
    all.filter((_each, at) => (mask & (1 << at)) !== 0),
  );
}

const costOf = (set: readonly Choosable[]) => set.reduce((sum, { dollars }) => sum + dollars, 0);

describe('the cheapest set of changes', () => {
  test('is as cheap as the best of all sets, and brings there what can be brought', () => {
    fc.assert(
      fc.property(
        risksArbitrary,
        pricesArbitrary,
        fc.constantFrom<Band>('low', 'medium'),
        (risks, prices, band) => {
          const all = choosable(prices);
          const under = (risk: Risk, ids: ReadonlySet<string>) => RANK[bandWith(risk, ids)] <= RANK[band];
          const everything = new Set(all.map(({ id }) => id));
          const reachable = risks.filter((risk) => under(risk, everything));
          const enough = subsets(all).filter((set) => {
            const ids = new Set(set.map(({ id }) => id));
            return reachable.every((risk) => under(risk, ids));
          });
          const best = Math.min(...enough.map(costOf));
          const found = cheapestSet(assessmentOf(risks), all, band);
          assert.ok(found.exact);
          assert.equal(found.dollars, best);
          assert.ok(reachable.every((risk) => under(risk, new Set(found.chosen))));
          assert.equal(found.unreachable.length, risks.length - reachable.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a budget', () => {
  test('is never exceeded, and no other choice within it leaves fewer high risks', () => {
    fc.assert(
      fc.property(risksArbitrary, pricesArbitrary, fc.nat(20), (risks, prices, budget) => {
        const all = choosable(prices);
        const highs = (ids: ReadonlySet<string>) =>
          risks.filter((risk) => bandWith(risk, ids) === 'high').length;
        const choice = withinBudget(assessmentOf(risks), all, budget);
        assert.ok(choice.dollars <= budget);
        const affordable = subsets(all).filter((set) => costOf(set) <= budget);
        const fewest = Math.min(...affordable.map((set) => highs(new Set(set.map(({ id }) => id)))));
        assert.equal(highs(choice.chosen), fewest);
      }),
      { numRuns: 100 },
    );
  });
});
