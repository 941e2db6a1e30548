import type { DecisionEntry } from '../model/decision.ts';
import type { Interval, Risk } from '../model/risk.ts';

/** The class of an asset that a risk reaches. */
export interface AssetClass {
  /** Its first name, by which the histories know it. */
  readonly resource: string;
  /** As the environment names it now. */
  readonly shown: string;
  /** What was last recorded; absent where nobody did. */
  readonly recorded?: Interval;
  readonly current: Interval;
}

/** What nobody recorded may have been anything up to 3. */
export const ANY_CLASS: Interval = { low: 1, high: 3 };

/** The classes that a risk rests on, with what its history says of them. */
export function assetClasses(risk: Risk, history: readonly DecisionEntry[]): readonly AssetClass[] {
  const first = new Map(risk.moved?.map(({ from, to }) => [to, from]));
  return risk.assets.map(({ resource: shown, importance: current }) => {
    const resource = first.get(shown) ?? shown;
    const entry = history.findLast((each) => each.kind === 'class-changed' && each.resource === resource);
    const recorded = entry?.kind === 'class-changed' ? entry.after : undefined;
    return { resource, shown, ...(recorded && { recorded }), current };
  });
}
