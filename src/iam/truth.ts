/**
 * Three-valued logic as small numbers, so that the same code decides known and unknown input at the
 * speed of plain comparisons: `and` is the minimum, `or` the maximum, `not` the mirror image
 * (S. C. Kleene's strong logic of indeterminacy).
 */
export type Truth = 0 | 1 | 2;

export const NO: Truth = 0;
export const UNKNOWN: Truth = 1;
export const YES: Truth = 2;

export function and(a: Truth, b: Truth): Truth {
  return a < b ? a : b;
}

export function or(a: Truth, b: Truth): Truth {
  return a > b ? a : b;
}

export function not(a: Truth): Truth {
  return (2 - a) as Truth;
}

export function truthOf(decided: boolean): Truth {
  return decided ? YES : NO;
}

/** The common answer of two possible worlds, or unknown where they differ. */
export function agree(a: Truth, b: Truth): Truth {
  return a === b ? a : UNKNOWN;
}
