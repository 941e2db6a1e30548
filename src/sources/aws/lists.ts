/** A list in pieces of at most a size, for operations that take so many names at once. */
export function chunks<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const pieces: T[][] = [];
  for (let from = 0; from < items.length; from += most) pieces.push(items.slice(from, from + most));
  return pieces;
}
