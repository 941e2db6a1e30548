import type { SafeguardState } from './safeguard.ts';

/**
 * One state for several places: on only when it is on at each place that it applies to, off only when
 * it is off at each; an undecided place keeps the whole from being either.
 */
export function overallState(states: readonly SafeguardState[]): SafeguardState {
  const applicable = states.filter((state) => state !== 'not-applicable');
  const first = applicable[0];
  if (first === undefined) return 'not-applicable';
  if (applicable.every((state) => state === first)) return first;
  if (applicable.includes('on') || applicable.includes('partial')) return 'partial';
  return 'unknown';
}
