/** A stretch of a text (UTF-16 code units, `end` exclusive) and what stands there afterwards. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Ids of the changes that ask for it. */
  readonly by: readonly string[];
}

/** In the order in which they are written; insertions at one place keep the order they were given in. */
export function ordered(splices: readonly Splice[]): readonly Splice[] {
  return splices.toSorted((a, b) => a.start - b.start || rank(a) - rank(b));
}

/** What is inserted at a place stands before what is taken out from there on. */
function rank(splice: Splice): number {
  return splice.start === splice.end ? 0 : 1;
}

/** Whether two splices change the same characters, so that they cannot be applied together. */
export function overlap(splices: readonly Splice[]): boolean {
  return ordered(splices).some((splice, index, all) => {
    const before = all[index - 1];
    return before !== undefined && splice.start < before.end;
  });
}

/**
 * Applies splices that do not overlap.
 *
 * @throws Error when they do: that is a defect of the caller, and no text is made.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  if (overlap(splices)) throw new Error('splices overlap');
  const pieces: string[] = [];
  let at = 0;
  for (const splice of ordered(splices)) {
    pieces.push(text.slice(at, splice.start), splice.text);
    at = splice.end;
  }
  return [...pieces, text.slice(at)].join('');
}
