import type { Span } from '../../../kernel/source-file.ts';
import { spanText } from '../../../kernel/source-file.ts';
import {
  choice,
  type Hole,
  known,
  list,
  map,
  type Part,
  type Scalar,
  type UnknownReason,
  type UnknownValue,
  unknown,
  type Value,
} from '../../../model/value.ts';
import { rememberStructure, structureOf } from './json-text.ts';

/** A value as plain data: maps are Maps, so that no key is special. */
export type Plain = Scalar | readonly Plain[] | ReadonlyMap<string, Plain>;

const LONGEST_EXPRESSION = 200;

/** The text of an expression on one line, cut where it is long. */
export function expressionText(span: Span): string {
  const line = spanText(span).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_EXPRESSION ? `${line.slice(0, LONGEST_EXPRESSION - 1)}…` : line;
}

/** An unknown value for the expression that stands at a span. */
export function undecidedAt(span: Span, why: UnknownReason, parts?: readonly Part[]): UnknownValue {
  return unknown(expressionText(span), why, span, parts);
}

/** A value that is one gap of a known type, such as the account's number. */
export function holeAt(span: Span, type: Hole['type'], why: UnknownReason): UnknownValue {
  const expression = expressionText(span);
  return unknown(expression, why, span, [{ type, expression }]);
}

/** A reference to a resource's attribute; `expression` is how the author wrote it. */
export function referenceTo(
  expression: string,
  resource: string,
  attribute: string,
  span: Span,
): UnknownValue {
  return unknown(expression, 'after-deployment', span, [
    { type: 'reference', expression, resource, attribute },
  ]);
}

/** The same value, said to stand at the place where it is used. */
export function respan(value: Value, span: Span): Value {
  if (value.span === span) return value;
  const moved: Value = { ...value, span };
  const structure = structureOf(value);
  return structure ? rememberStructure(moved, structure) : moved;
}

/** Whether everything in a value is known. */
export function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case 'known':
      return true;
    case 'list':
      return value.items.every(isWhollyKnown);
    case 'map':
      return [...value.entries.values()].every(isWhollyKnown);
    default:
      return false;
  }
}

/** A value as plain data, or undefined when something in it is not known. */
export function plainFrom(value: Value): Plain | undefined {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'list': {
      const items = value.items.map(plainFrom);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'map': {
      const entries = new Map<string, Plain>();
      for (const [key, entry] of value.entries) {
        const plain = plainFrom(entry);
        if (plain === undefined) return undefined;
        entries.set(key, plain);
      }
      return entries;
    }
    default:
      return undefined;
  }
}

/** Plain data as a value whose every part stands at one place. */
export function valueFrom(plain: Plain, span: Span): Value {
  if (plain === null || typeof plain !== 'object') return known(plain, span);
  if (Array.isArray(plain)) {
    return list(
      plain.map((item) => valueFrom(item, span)),
      span,
    );
  }
  const entries = plain as ReadonlyMap<string, Plain>;
  return map(new Map([...entries].map(([key, entry]) => [key, valueFrom(entry, span)])), span);
}

/** A string value as literal text and gaps; undefined when the value is no string (a list, a map, null). */
export function partsOf(value: Value): readonly Part[] | undefined {
  if (value.kind === 'known') return value.value === null ? undefined : [String(value.value)];
  if (value.kind !== 'unknown') return undefined;
  return (
    value.parts ?? [{ type: value.why === 'parameter' ? 'parameter' : 'other', expression: value.expression }]
  );
}

/** Joins parts into one value: known when nothing is open. Neighbouring texts become one. */
export function valueFromParts(parts: readonly Part[], why: UnknownReason, span: Span): Value {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  if (joined.length === 0) return known('', span);
  const [only] = joined;
  if (joined.length === 1 && typeof only === 'string') return known(only, span);
  return undecidedAt(span, why, joined);
}

/** The same value when only its gaps are left, as after an encoding that mixes known and unknown text. */
export function withoutText(value: UnknownValue): UnknownValue {
  const holes = value.parts?.filter((part) => typeof part === 'object');
  return unknown(value.expression, value.why, value.span, holes);
}

const MOST_COMBINATIONS = 16;

/**
 * Applies a function to every combination of the options of its arguments, so that a choice gives the
 * choice of the results. Too many combinations give an unknown value.
 */
export function overChoices(
  values: readonly Value[],
  span: Span,
  apply: (values: readonly Value[]) => Value,
): Value {
  const open = values.findIndex((value) => value.kind === 'oneOf');
  if (open < 0) return apply(values);
  const combinations = values.reduce(
    (product, value) => product * (value.kind === 'oneOf' ? value.options.length : 1),
    1,
  );
  const chosen = values[open];
  if (chosen?.kind !== 'oneOf' || combinations > MOST_COMBINATIONS) return undecidedAt(span, 'condition');
  const results = chosen.options.map((option) =>
    overChoices(
      values.map((value, index) =>
        index === open ? option : index > open ? fix(value, chosen, option) : value,
      ),
      span,
      apply,
    ),
  );
  return choice(chosen.condition, results, span);
}

/** Where another argument depends on the same condition, its option is the one at the same position. */
function fix(value: Value, chosen: Value & { kind: 'oneOf' }, option: Value): Value {
  if (value.kind !== 'oneOf' || value.condition !== chosen.condition) return value;
  if (value.options.length !== chosen.options.length) return value;
  return value.options[chosen.options.indexOf(option)] ?? value;
}
