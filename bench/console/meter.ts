import { median } from '../measure.ts';

/** Prints what was measured against its bound, and remembers whether one was missed. */
export interface Meter {
  /** @param cpu what the process computed for it, client and server: other programs do not lengthen it. */
  report(what: string, milliseconds: number, bound: number, cpu?: number): void;
  /** The middle decides; the slowest is told. */
  several(what: string, times: readonly number[], bound: number): void;
  missed(): readonly string[];
}

export function meter(): Meter {
  const missed: string[] = [];
  function report(what: string, milliseconds: number, bound: number, more = ''): void {
    const ratio = (milliseconds / bound).toFixed(2);
    const late = milliseconds >= bound;
    if (late) missed.push(what);
    const shown = `${what.padEnd(72)} ${milliseconds.toFixed(1).padStart(8)} ms  ${ratio} of ${bound} ms${more}`;
    console.log(late ? `${shown}  MISSED` : shown);
  }
  return {
    report(what, milliseconds, bound, cpu) {
      report(what, milliseconds, bound, cpu === undefined ? '' : `  (CPU ${cpu.toFixed(1)} ms)`);
    },
    several(what, times, bound) {
      const slowest = Math.max(...times);
      report(what, median(times), bound, ` (median of ${times.length}; slowest ${slowest.toFixed(0)} ms)`);
    },
    missed: () => missed,
  };
}

/** The value below which a share of the times lies. */
export function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}
