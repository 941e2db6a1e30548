import type { Bounds } from '../constraints/table.ts';

/** What a value fails, as AWS words it; undefined when it satisfies everything. */
export type ValueCheck = (value: unknown) => string | undefined;

/** One check of length, range or pattern. */
export function boundsCheck(bounds: Bounds): ValueCheck {
  const { min, max, fractions } = bounds;
  const pattern = bounds.pattern === undefined ? undefined : wholePattern(bounds.pattern);
  return (value) => {
    const size = sizeOf(value);
    if (size === undefined) return undefined;
    const word = typeof value === 'number' ? 'value' : 'length';
    if (min !== undefined && size < min) return `Member must have ${word} greater than or equal to ${min}`;
    if (max !== undefined && size > max) return `Member must have ${word} less than or equal to ${max}`;
    if (Number.isNaN(size) || !(fractions || Number.isInteger(size))) return 'Member must be an integer';
    if (pattern !== undefined && typeof value === 'string' && !pattern.test(value)) {
      return `Member must satisfy regular expression pattern: ${bounds.pattern}`;
    }
    return undefined;
  };
}

/** A check against the values of an enumeration. */
export function enumCheck(values: readonly string[]): ValueCheck {
  const allowed = new Set(values);
  return (value) =>
    typeof value !== 'string' || allowed.has(value)
      ? undefined
      : `Member must satisfy enum value set: [${values.join(', ')}]`;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return lengthOf(value);
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    return Object.keys(value).length;
  return undefined;
}

/** Length in code points; the common text without surrogates is not walked. */
function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}

/**
 * Patterns are Java's. Those that JavaScript cannot read are known to the generator, which leaves them out;
 * here they are anchored. Unicode classes need the `u` flag, under which some escapes are not allowed.
 */
export function wholePattern(source: string): RegExp {
  const anchored = `^(?:${source})$`;
  try {
    return new RegExp(anchored, 'su');
  } catch {
    return new RegExp(anchored, 's');
  }
}

/** Longest value that a message repeats, in characters. */
const LONGEST_SHOWN = 1_000;

/** How a value is shown in a violation: sensitive ones and aggregates are not. */
export function shownValue(value: unknown, sensitive: boolean): string {
  if (value === undefined || value === null) return 'Value null';
  if (sensitive || typeof value === 'object') return 'Value';
  const shown = String(value);
  return `Value '${shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown}'`;
}
