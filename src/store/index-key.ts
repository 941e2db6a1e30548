/**
 * Index values as text whose order by bytes of UTF-8 is the order of the values: numbers first, in
 * their order, then strings, by code point. Both engines compare such text with memcmp (SQLite's BINARY
 * collation, PostgreSQL's "C"), so that pages come out the same.
 */
export function indexKey(value: string | number): string {
  return typeof value === 'number' ? `n${sortableNumber(value)}` : `s${value}`;
}

/**
 * The 64 bits of a number in an order that bytes keep: positive numbers get the sign bit set, negative
 * ones are inverted (IEEE 754 totalOrder, with -0 folded into 0).
 */
function sortableNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const sign = 1n << 63n;
  const sortable = bits & sign ? ~bits & ((1n << 64n) - 1n) : bits | sign;
  return sortable.toString(16).padStart(16, '0');
}

const LAST_CODE_POINT = 0x10ffff;
const BEFORE_SURROGATES = 0xd7ff;
const AFTER_SURROGATES = 0xe000;

/** The least text above every text with this prefix, or undefined when there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = [...prefix];
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const code = last.codePointAt(0) ?? LAST_CODE_POINT;
    if (code === LAST_CODE_POINT) continue;
    const next = code === BEFORE_SURROGATES ? AFTER_SURROGATES : code + 1;
    return points.join('') + String.fromCodePoint(next);
  }
  return undefined;
}

/** Whether text can be compared and stored the same everywhere: no lone surrogate, no NUL. */
export function isStorableText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}
