/**
 * The word of a list that a mistyped word most likely means: the smallest edit distance (insertions,
 * deletions, substitutions: Levenshtein), at most a third of the word's length; else undefined.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const asked = word.toLowerCase().slice(0, 64);
  const most = Math.max(1, Math.floor(asked.length / 3));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of words) {
    const distance = editDistance(asked, candidate.toLowerCase());
    if (distance <= most && (best === undefined || distance < best.distance))
      best = { word: candidate, distance };
  }
  return best?.word;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
