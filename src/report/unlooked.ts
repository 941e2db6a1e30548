import { compare } from '../kernel/order.ts';
import type { Assessment } from '../model/assessment.ts';

/** A type of which resources were read, but that no control and no safeguard looks at. */
export interface UnlookedType {
  readonly type: string;
  readonly count: number;
}

/** Such types with the number of their resources: they are not judged by themselves, and that is said. */
export function unlookedTypes({ environment, coverage }: Assessment): readonly UnlookedType[] {
  const analysed = new Set(coverage.analysed);
  const rest = environment.resources.filter(({ id }) => !analysed.has(id));
  const groups = Map.groupBy(rest, ({ type }) => type);
  return [...groups]
    .map(([type, members]) => ({ type, count: members.length }))
    .sort((a, b) => compare(a.type, b.type));
}
