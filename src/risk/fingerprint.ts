import { stableId } from '../kernel/ids.ts';
import { compare } from '../kernel/order.ts';
import type { Guard, Risk } from '../model/risk.ts';
import { guardKey } from './score.ts';

/** The facts that a decision about a risk is bound to, by kind, under the first names of what was renamed. */
export interface RiskFacts {
  /** Failed findings. */
  readonly findings: readonly string[];
  /** The assets reached, with their classes. */
  readonly class: readonly string[];
  /** The hops of each path, whether it is decided, and how readily the threat occurs. */
  readonly path: readonly string[];
  /** The safeguards on each path and their states. */
  readonly safeguards: readonly string[];
}

/**
 * The facts of a risk. Texts, labels and line numbers do not count, nor does the order in which anything
 * is told.
 */
export function factsOf(risk: Risk): RiskFacts {
  const first = firstNamesIn(risk);
  const { paths, limits, threat } = risk.scoring;
  const state = (guard: Guard) => `${guardKey({ ...guard, place: first(guard.place) })}=${guard.state}`;
  return {
    findings: sorted(
      risk.evidence.filter((each) => each.kind === 'finding').map((each) => `finding ${each.id}`),
    ),
    class: sorted(
      risk.assets.map(
        ({ resource, importance, assumed }) =>
          `asset ${first(resource)} ${importance.low}-${importance.high} ${assumed}`,
      ),
    ),
    path: sorted([
      ...paths.map(
        ({ decided, steps }) => `path ${decided} ${steps.map(({ resource }) => first(resource)).join(' > ')}`,
      ),
      `threat ${threat.low}-${threat.high}`,
    ]),
    safeguards: sorted([
      ...paths.map(
        ({ steps }) =>
          `guards ${steps
            .map(({ resource, guards }) => `${first(resource)}[${guards.map(state).sort(compare).join(' ')}]`)
            .join(' > ')}`,
      ),
      ...limits.map((guard) => `limit ${state(guard)}`),
    ]),
  };
}

/** One short text for all of a risk's facts: the same as long as none of them changes. */
export function fingerprintOf(risk: Risk): string {
  const facts = factsOf(risk);
  return stableId(risk.id, ...facts.findings, ...facts.class, ...facts.path, ...facts.safeguards);
}

function sorted(facts: readonly string[]): readonly string[] {
  return [...new Set(facts)].sort(compare);
}

function firstNamesIn({ moved = [] }: Risk): (id: string) => string {
  const names = new Map(moved.map(({ from, to }) => [to, from]));
  return (id) => names.get(id) ?? id;
}
