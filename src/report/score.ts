import type { Interval } from '../model/risk.ts';

/** A value or an interval on one line: `6` or `2–9`. */
export function showInterval({ low, high }: Interval): string {
  return low === high ? String(low) : `${low}–${high}`;
}
