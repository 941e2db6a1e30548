/** One comparison of what a corpus expects with what our controls say. */
export interface Comparison {
  readonly key: string;
  readonly expected: string;
  readonly actual: string;
  readonly because: readonly string[];
}

export interface Tally {
  readonly agreed: number;
  readonly disagreements: readonly Comparison[];
  readonly ratio: number;
}

export function tally(comparisons: readonly Comparison[]): Tally {
  const disagreements = comparisons.filter((each) => each.actual !== each.expected);
  const agreed = comparisons.length - disagreements.length;
  return { agreed, disagreements, ratio: comparisons.length === 0 ? 0 : agreed / comparisons.length };
}

/** Prints every disagreement with our reason, and returns the keys that have none. */
export function printDisagreements(
  disagreements: readonly Comparison[],
  reasons: Readonly<Record<string, string>>,
): readonly string[] {
  for (const each of disagreements) {
    console.log(`  ${each.key}: expected ${each.expected}, we say ${each.actual}`);
    for (const sentence of each.because.slice(0, 2)) console.log(`      ${sentence}`);
    console.log(`      reason: ${reasons[each.key] ?? 'NONE GIVEN'}`);
  }
  return disagreements.map((each) => each.key).filter((key) => reasons[key] === undefined);
}
