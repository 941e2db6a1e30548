import type { Guard, Scoring } from '../model/risk.ts';
import { bandOf, guardKey, highWith, valueAt } from './score.ts';

/** Most guards over which sets are searched exactly; beyond, one set is found by leaving out what is not needed. */
const MOST_GUARDS = 14;
const LARGEST_SET = 4;

/** The guards of a risk that are not on and could be put on, each once. */
export function openGuards(scoring: Scoring): readonly Guard[] {
  const guards = [
    ...scoring.paths.flatMap((path) => path.steps.flatMap((step) => step.guards)),
    ...scoring.limits,
  ];
  const open = guards.filter(
    (guard) => guard.state !== 'on' && guard.state !== 'not-applicable' && guard.effect !== 'detect',
  );
  return [...new Map(open.map((guard) => [guardKey(guard), guard])).values()];
}

/**
 * The minimal sets of guards that bring a risk into a lower band: no guard of a set can be left out.
 * Smaller sets come first.
 */
export function minimalSets(scoring: Scoring): readonly (readonly Guard[])[] {
  const now = bandOf(valueAt(scoring, 'current').high);
  return setsThat(scoring, (high) => bandOf(high) !== now);
}

/** The minimal sets that bring the upper end of a risk to the lowest value that guards can bring it to. */
export function lowestSets(scoring: Scoring): readonly (readonly Guard[])[] {
  const now = valueAt(scoring, 'current').high;
  const lowest = highWithGuards(scoring, openGuards(scoring));
  return lowest < now ? setsThat(scoring, (high) => high <= lowest) : [];
}

function setsThat(scoring: Scoring, enough: (high: number) => boolean): readonly (readonly Guard[])[] {
  const guards = openGuards(scoring);
  if (guards.length === 0 || !enough(highWithGuards(scoring, guards))) return [];
  if (guards.length > MOST_GUARDS) return [pruned(scoring, guards, enough)];
  const found: (readonly Guard[])[] = [];
  for (let size = 1; size <= Math.min(LARGEST_SET, guards.length); size += 1) {
    for (const set of combinations(guards, size)) {
      if (found.some((smaller) => smaller.every((guard) => set.includes(guard)))) continue;
      if (enough(highWithGuards(scoring, set))) found.push(set);
    }
  }
  return found.length > 0 ? found : [pruned(scoring, guards, enough)];
}

/** A large set from which everything is taken that is not needed. */
function pruned(
  scoring: Scoring,
  guards: readonly Guard[],
  enough: (high: number) => boolean,
): readonly Guard[] {
  let kept = guards;
  for (const guard of guards.toReversed()) {
    const without = kept.filter((each) => each !== guard);
    if (enough(highWithGuards(scoring, without))) kept = without;
  }
  return kept;
}

/** The upper end of the value that a risk would have with some guards put on. */
export function highWithGuards(scoring: Scoring, guards: readonly Guard[]): number {
  return highWith(scoring, new Set(guards.map(guardKey)));
}

/** Marks the guards with these keys as proposed, and no others. */
export function propose(scoring: Scoring, keys: ReadonlySet<string>): Scoring {
  const mark = (guard: Guard): Guard => ({ ...guard, proposed: keys.has(guardKey(guard)) });
  return {
    ...scoring,
    limits: scoring.limits.map(mark),
    paths: scoring.paths.map((path) => ({
      ...path,
      steps: path.steps.map((step) =>
        step.guards.length === 0 ? step : { ...step, guards: step.guards.map(mark) },
      ),
    })),
  };
}

function* combinations<T>(items: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= items.length - size; index += 1) {
    const head = items[index];
    if (head === undefined) continue;
    for (const rest of combinations(items, size - 1, index + 1)) yield [head, ...rest];
  }
}
