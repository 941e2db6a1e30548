/** Compares by UTF-16 code units: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares names such as `S3.8` and `S3.10` by their numbers. */
export function compareNatural(a: string, b: string): number {
  const as = a.match(/\d+|\D+/g) ?? [];
  const bs = b.match(/\d+|\D+/g) ?? [];
  for (const [index, part] of as.entries()) {
    const other = bs[index];
    if (other === undefined) return 1;
    const difference = Number(part) - Number(other);
    const result = Number.isNaN(difference) ? compare(part, other) : difference;
    if (result !== 0) return result;
  }
  return as.length - bs.length;
}
