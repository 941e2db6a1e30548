import type { AttackPath, Guard, PlacedSafeguard, Scoring } from '../model/risk.ts';
import { minimalSets } from './minimal-sets.ts';
import { guardKey } from './score.ts';

/** More sets than these are not kept: the smallest are the ones that people choose from. */
const MOST_SETS = 6;

/**
 * What blocks or hinders on a path now: the cut that, with the path, gives the current score. Each guard
 * once; empty where the way is open.
 */
export function cutOf(path: AttackPath | undefined): readonly Guard[] {
  const guards = (path?.steps ?? []).flatMap((step) => step.guards);
  const holding = guards.filter(
    ({ effect, state }) => state === 'on' && (effect === 'block' || effect === 'hinder'),
  );
  return [...new Map(holding.map((guard) => [guardKey(guard), guard])).values()];
}

/** The smallest sets of safeguards at places that bring a risk into a lower band. */
export function loweringOf(
  scoring: Scoring,
  sets: readonly (readonly Guard[])[] = minimalSets(scoring),
): readonly (readonly PlacedSafeguard[])[] {
  return sets.slice(0, MOST_SETS).map((set) => set.map(placed));
}

function placed({ safeguard, place, facet }: Guard): PlacedSafeguard {
  return { id: safeguard, place, ...(facet === undefined ? {} : { facet }) };
}
