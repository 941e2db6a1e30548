import type { AttackPath, Band, Guard, Interval, Scoring } from '../model/risk.ts';

/** Values up to and including `upTo` lie in the band (IPA's scale for small and medium enterprises). */
export const BANDS: readonly { readonly band: Band; readonly upTo: number }[] = [
  { band: 'low', upTo: 2 },
  { band: 'medium', upTo: 4 },
  { band: 'high', upTo: 9 },
];

/** An asset of this importance keeps every risk at `GRAVE_FLOOR` or above. */
const GRAVE = 3;
const GRAVE_FLOOR = 3;

/** The band of a risk value. */
export function bandOf(value: number): Band {
  return BANDS.find((each) => value <= each.upTo)?.band ?? 'high';
}

/** Which guards count as on: none (inherent), those that are (current), those proposed as well (target). */
export type Stage = 'inherent' | 'current' | 'target';

/** The three values of a risk and their bands; a band is that of the upper end. */
export interface Scores {
  readonly inherent: Interval;
  readonly current: Interval;
  readonly target: Interval;
  readonly band: { readonly inherent: Band; readonly current: Band; readonly target: Band };
}

/** Computes everything that is said about a risk's size. Pure: the same scoring gives the same scores. */
export function scoresOf(scoring: Scoring): Scores {
  const inherent = valueAt(scoring, 'inherent');
  const current = valueAt(scoring, 'current');
  const target = valueAt(scoring, 'target');
  return {
    inherent,
    current,
    target,
    band: { inherent: bandOf(inherent.high), current: bandOf(current.high), target: bandOf(target.high) },
  };
}

/** The risk value A × L at a stage; unknowns spread it to an interval. */
export function valueAt(scoring: Scoring, stage: Stage): Interval {
  return { low: endOf(scoring, stage, 'low'), high: endOf(scoring, stage, 'high') };
}

/** The upper end of the value that a risk would have with some more guards on, by their keys. */
export function highWith(scoring: Scoring, keys: ReadonlySet<string>): number {
  return endOf(scoring, 'current', 'high', keys);
}

type End = 'low' | 'high';

const NONE: ReadonlySet<string> = new Set();

function endOf(scoring: Scoring, stage: Stage, end: End, more: ReadonlySet<string> = NONE): number {
  const importance = scoring.importance[end];
  const limits = new Set(scoring.limits.filter((guard) => isOn(guard, stage, end, more)).map(guardKey)).size;
  const reduced = Math.max(1, importance - limits);
  const likelihood = Math.max(1, scoring.threat[end] + openness(scoring.paths, stage, end, more) - 3);
  const value = reduced * likelihood;
  return importance >= GRAVE ? Math.max(GRAVE_FLOOR, value) : value;
}

/**
 * V: how open we are. The most open path decides; at the low end only paths that surely exist count, and
 * what is unknown is taken to protect.
 */
export function openness(
  paths: readonly AttackPath[],
  stage: Stage,
  end: End,
  more: ReadonlySet<string> = NONE,
): number {
  if (stage === 'inherent') return 3;
  const counted = end === 'high' ? paths : paths.filter((path) => path.decided);
  return counted.reduce((worst, path) => Math.max(worst, pathOpenness(path, stage, end, more)), 1);
}

/** V of one path: 3 unguarded, 2 with a hinder, 1 with a block or with two hinders at different steps. */
export function pathOpenness(
  path: AttackPath,
  stage: Stage,
  end: End,
  more: ReadonlySet<string> = NONE,
): number {
  const seen = new Set<string>();
  let hinderedSteps = 0;
  for (const step of path.steps) {
    let hindered = false;
    for (const guard of step.guards) {
      if (!isOn(guard, stage, end, more)) continue;
      if (guard.effect === 'block') return 1;
      if (guard.effect !== 'hinder' || seen.has(guardKey(guard))) continue;
      seen.add(guardKey(guard));
      hindered = true;
    }
    if (hindered) hinderedSteps += 1;
  }
  return hinderedSteps >= 2 ? 1 : hinderedSteps === 1 ? 2 : 3;
}

/** Partial counts as off; unknown counts as on only where the best case is asked. */
function isOn(guard: Guard, stage: Stage, end: End, more: ReadonlySet<string>): boolean {
  if (stage === 'inherent') return false;
  if (stage === 'target' && guard.proposed) return true;
  if (more.size > 0 && more.has(guardKey(guard))) return true;
  return guard.state === 'on' || (end === 'low' && guard.state === 'unknown');
}

/** One safeguard (or facet of it) at one place. */
export function guardKey(guard: Pick<Guard, 'safeguard' | 'facet' | 'place'>): string {
  return `${guard.safeguard}${guard.facet ? `:${guard.facet}` : ''}@${guard.place}`;
}
