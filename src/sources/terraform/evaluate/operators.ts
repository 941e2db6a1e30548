import type { Span } from '../../../kernel/source-file.ts';
import { booleanFrom, known, numberFrom, type Value } from '../../../model/value.ts';
import { overChoices, type Plain, plainFrom, undecidedAt } from './values.ts';

/** Applies a binary operator of the Terraform language; what is not decided gives an unknown value. */
export function binary(operator: string, left: Value, right: Value, span: Span): Value {
  return overChoices([left, right], span, ([a, b]) => {
    if (!a || !b) return undecidedAt(span, 'invalid');
    return operator === '&&' || operator === '||'
      ? logical(operator, a, b, span)
      : operator === '==' || operator === '!='
        ? equality(operator, a, b, span)
        : arithmetic(operator, a, b, span);
  });
}

/** Applies `-` or `!`. */
export function unary(operator: string, operand: Value, span: Span): Value {
  return overChoices([operand], span, ([value]) => {
    if (!value || value.kind === 'unknown') return undecidedAt(span, 'function');
    if (operator === '!') {
      const truth = booleanFrom(value);
      return truth === undefined ? undecidedAt(span, 'invalid') : known(!truth, span);
    }
    const number = numberFrom(value);
    return number === undefined ? undecidedAt(span, 'invalid') : known(-number, span);
  });
}

/** One decided operand can be enough, even where Terraform itself would evaluate both. */
function logical(operator: string, a: Value, b: Value, span: Span): Value {
  const deciding = operator === '||';
  const [left, right] = [booleanFrom(a), booleanFrom(b)];
  if (left === deciding || right === deciding) return known(deciding, span);
  if (left === undefined || right === undefined) return undecidedAt(span, 'function');
  return known(!deciding, span);
}

function equality(operator: string, a: Value, b: Value, span: Span): Value {
  const equal = equals(a, b);
  return equal === undefined
    ? undecidedAt(span, 'function')
    : known(operator === '==' ? equal : !equal, span);
}

/** A list or map is certainly not null, even where a part of it is open. */
function equals(a: Value, b: Value): boolean | undefined {
  const [left, right] = [plainFrom(a), plainFrom(b)];
  if (left !== undefined && right !== undefined) return samePlain(left, right);
  if (left === null && (b.kind === 'list' || b.kind === 'map')) return false;
  if (right === null && (a.kind === 'list' || a.kind === 'map')) return false;
  return undefined;
}

/** Deep equality. Terraform converts a number and a string to one type before it compares variables of unlike types. */
export function samePlain(a: Plain, b: Plain): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') {
    return a === b || (a !== null && b !== null && typeof a !== typeof b && sameText(a, b));
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => samePlain(item, b[index] ?? null))
    );
  }
  const [left, right] = [a as ReadonlyMap<string, Plain>, b as ReadonlyMap<string, Plain>];
  return (
    left.size === right.size &&
    [...left].every(([key, entry]) => right.has(key) && samePlain(entry, right.get(key) ?? null))
  );
}

function sameText(a: Plain, b: Plain): boolean {
  return typeof a !== 'object' && typeof b !== 'object' && String(a) === String(b);
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function arithmetic(operator: string, a: Value, b: Value, span: Span): Value {
  if (a.kind === 'unknown' || b.kind === 'unknown') return undecidedAt(span, 'function');
  const [left, right] = [numberFrom(a), numberFrom(b)];
  const apply = Object.hasOwn(ARITHMETIC, operator) ? ARITHMETIC[operator] : undefined;
  if (!apply || left === undefined || right === undefined) return undecidedAt(span, 'invalid');
  const result = apply(left, right);
  return typeof result === 'number' && !Number.isFinite(result)
    ? undecidedAt(span, 'invalid')
    : known(result, span);
}
