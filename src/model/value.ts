import type { Scalar } from '../kernel/document.ts';
import type { Span } from '../kernel/source-file.ts';

export type { Scalar } from '../kernel/document.ts';

/**
 * A property value of the resource graph. It may be decided or not, and always knows where it was
 * written. Read values with the accessors of this module and the questions of `answer.ts`.
 */
export type Value = KnownValue | UnknownValue | OneOfValue | ListValue | MapValue | AbsentValue;

export interface KnownValue {
  readonly kind: 'known';
  readonly value: Scalar;
  readonly span: Span;
}

/**
 * A value that the reader could not decide. A string of which some is known carries `parts`: literal
 * text and typed holes, so that a reference still says what it refers to.
 */
export interface UnknownValue {
  readonly kind: 'unknown';
  /** The expression as the author wrote it, on one line. */
  readonly expression: string;
  readonly why: UnknownReason;
  readonly parts?: readonly Part[];
  readonly span: Span;
  /** Stands for what lies inside an undecided value, so that it may be absent altogether. */
  readonly inside?: true;
}

/** A choice that depends on an undecided condition: one of the options holds (absent is an option). */
export interface OneOfValue {
  readonly kind: 'oneOf';
  readonly condition: string;
  readonly options: readonly Value[];
  readonly span: Span;
}

export interface ListValue {
  readonly kind: 'list';
  /** An item that may be missing is a `oneOf` with an absent option. */
  readonly items: readonly Value[];
  readonly span: Span;
}

export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Value>;
  readonly span: Span;
}

/** Nothing was written here; the span is that of the place where it would stand. */
export interface AbsentValue {
  readonly kind: 'absent';
  readonly span: Span;
}

/** Why a value is not known. */
export type UnknownReason =
  | 'after-deployment'
  | 'parameter'
  | 'pseudo-parameter'
  | 'import'
  | 'dynamic-reference'
  | 'condition'
  | 'function'
  | 'dangling-reference'
  /** The account was asked and did not answer, or was not asked. */
  | 'not-collected'
  | 'invalid';

export type Part = string | Hole;

/** A gap in a string of which the rest is known. */
export interface Hole {
  readonly type: 'reference' | 'account' | 'region' | 'partition' | 'zone' | 'parameter' | 'other';
  readonly expression: string;
  /** For a reference: the id of the resource and the attribute (`Ref` for its reference value). */
  readonly resource?: string;
  readonly attribute?: string;
}

export interface Reference {
  readonly resource: string;
  readonly attribute: string;
}

export function known(value: Scalar, span: Span): KnownValue {
  return { kind: 'known', value, span };
}

export function absent(span: Span): AbsentValue {
  return { kind: 'absent', span };
}

export function list(items: readonly Value[], span: Span): ListValue {
  return { kind: 'list', items, span };
}

export function map(entries: ReadonlyMap<string, Value>, span: Span): MapValue {
  return { kind: 'map', entries, span };
}

export function unknown(
  expression: string,
  why: UnknownReason,
  span: Span,
  parts?: readonly Part[],
): UnknownValue {
  return parts
    ? { kind: 'unknown', expression, why, span, parts }
    : { kind: 'unknown', expression, why, span };
}

/**
 * The value at a path of keys and list indexes. A missing step gives `absent`, an undecided one an
 * unknown that may be absent (`inside`), and a choice the choice of what lies below its options.
 */
export function get(value: Value, ...path: readonly (string | number)[]): Value {
  let at = value;
  for (let index = 0; index < path.length; index += 1) {
    if (at.kind === 'unknown') return at.inside ? at : { ...at, inside: true };
    if (at.kind === 'oneOf') {
      const rest = path.slice(index);
      return choice(
        at.condition,
        at.options.map((option) => get(option, ...rest)),
        at.span,
      );
    }
    at = stepInto(at, path[index] ?? '');
  }
  return at;
}

function stepInto(value: Value, step: string | number): Value {
  const next =
    value.kind === 'map' && typeof step === 'string'
      ? value.entries.get(step)
      : value.kind === 'list' && typeof step === 'number'
        ? value.items[step]
        : undefined;
  return next ?? absent(value.span);
}

/** A choice, or the one option where all of them are alike. */
export function choice(condition: string, options: readonly Value[], span: Span): Value {
  const flat = options.flatMap((option) => (option.kind === 'oneOf' ? option.options : [option]));
  const first = flat[0];
  if (first && flat.every((option) => same(option, first))) return first;
  return { kind: 'oneOf', condition, options: flat, span };
}

function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'known' && b.kind === 'known') return a.value === b.value;
  return a.kind === 'absent' && b.kind === 'absent';
}

/** The string that is known for certain (numbers and booleans as CloudFormation writes them), or undefined. */
export function stringFrom(value: Value): string | undefined {
  return value.kind === 'known' && value.value !== null ? String(value.value) : undefined;
}

/** The number that is known for certain (also written as a string), or undefined. */
export function numberFrom(value: Value): number | undefined {
  if (
    value.kind !== 'known' ||
    value.value === null ||
    value.value === '' ||
    typeof value.value === 'boolean'
  ) {
    return undefined;
  }
  const number = Number(value.value);
  return Number.isFinite(number) ? number : undefined;
}

/** The boolean that is known for certain (also the strings "true" and "false"), or undefined. */
export function booleanFrom(value: Value): boolean | undefined {
  if (value.kind !== 'known') return undefined;
  if (typeof value.value === 'boolean') return value.value;
  if (typeof value.value !== 'string') return undefined;
  const word = value.value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/**
 * The items of a list. A single value where a list is expected counts as a list of one, as
 * CloudFormation and IAM take it; absent and undecided values have no items (see `isUndecided`).
 */
export function itemsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'list':
      return value.items;
    case 'known':
    case 'map':
      return [value];
    case 'oneOf':
      return value.options.flatMap((option) => itemsOf(option));
    default:
      return value.kind === 'unknown' && value.parts ? [value] : [];
  }
}

/** Whether the value as a whole is open: unknown, or a choice between options. */
export function isUndecided(value: Value): boolean {
  return value.kind === 'unknown' || value.kind === 'oneOf';
}

/** The resource and attribute that a value is a plain reference to, or undefined. */
export function referenceFrom(value: Value): Reference | undefined {
  if (value.kind !== 'unknown' || value.parts?.length !== 1) return undefined;
  const part = value.parts[0];
  if (typeof part !== 'object' || part.type !== 'reference' || part.resource === undefined) return undefined;
  return { resource: part.resource, attribute: part.attribute ?? 'Ref' };
}

/** Every reference inside a value, choices and nested parts included, in the order they are written. */
export function referencesIn(value: Value): readonly Reference[] {
  const found: Reference[] = [];
  visit(value, (each) => {
    if (each.kind !== 'unknown') return;
    for (const part of each.parts ?? []) {
      if (typeof part === 'object' && part.resource !== undefined) {
        found.push({ resource: part.resource, attribute: part.attribute ?? 'Ref' });
      }
    }
  });
  return found;
}

/** Calls back for a value and everything below it, parents first. */
export function visit(
  value: Value,
  callback: (value: Value, path: readonly (string | number)[]) => void,
): void {
  visitAt(value, [], callback);
}

function visitAt(
  value: Value,
  path: readonly (string | number)[],
  callback: (value: Value, path: readonly (string | number)[]) => void,
): void {
  callback(value, path);
  if (value.kind === 'map') {
    for (const [key, entry] of value.entries) visitAt(entry, [...path, key], callback);
  } else if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) visitAt(item, [...path, index], callback);
  } else if (value.kind === 'oneOf') {
    for (const option of value.options) visitAt(option, path, callback);
  }
}

/** A value on one line for people: strings as they are, holes as `${expression}`, nothing longer than a line. */
export function showValue(value: Value): string {
  switch (value.kind) {
    case 'known':
      return String(value.value);
    case 'unknown':
      return value.expression;
    case 'oneOf':
      return value.options.map(showValue).join(' | ');
    case 'list':
      return `[${value.items.map(showValue).join(', ')}]`;
    case 'map':
      return `{${[...value.entries].map(([key, entry]) => `${key}: ${showValue(entry)}`).join(', ')}}`;
    case 'absent':
      return '(not set)';
  }
}

/** Reasons whose expression is only a name: of a parameter, an export, a looked-up secret, a condition. */
const NAMED_REASONS: ReadonlySet<UnknownReason> = new Set([
  'parameter',
  'pseudo-parameter',
  'import',
  'dynamic-reference',
  'dangling-reference',
]);

/**
 * What would decide a value, for people: the names in its gaps, never the literal text around them, which
 * may be half of a password. An expression without gaps is told by its function alone.
 */
export function showUndecided(value: Value): string {
  switch (value.kind) {
    case 'unknown':
      if (value.why === 'condition') return conditionOf(value);
      return value.parts ? namesOfGaps(value) : nameOf(value);
    case 'oneOf':
      return value.condition;
    case 'list':
      return namesBelow(value.items);
    case 'map':
      return namesBelow([...value.entries.values()]);
    default:
      return '';
  }
}

/** `IsProduction (Stage)`: the condition's name, which stands before a colon, and what it hangs on. */
function conditionOf(value: UnknownValue): string {
  const [name = value.expression] = value.expression.split(': ', 1);
  const gaps = namesOfGaps(value);
  return gaps === '' ? bare(name) : `${bare(name)} (${gaps})`;
}

function namesOfGaps(value: UnknownValue): string {
  const names = (value.parts ?? []).flatMap((part) =>
    typeof part === 'string' ? [] : [bare(part.expression)],
  );
  return [...new Set(names)].join(', ');
}

function nameOf(value: UnknownValue): string {
  return NAMED_REASONS.has(value.why) ? bare(value.expression) : functionOf(value.expression);
}

/** An expression that is a name, or the function that it calls: anything with a quoted text is cut there. */
function bare(expression: string): string {
  const isName =
    /^(?:![A-Za-z0-9]+ )?(?:\{\{resolve:[^}]*\}\}|[\w.:[\]*()-]+(?: \(\{\{resolve:[^}]*\}\}\))?)$/.test(
      expression,
    );
  return isName || /^!Select \[\d+, !GetAZs /.test(expression) ? expression : functionOf(expression);
}

function functionOf(expression: string): string {
  const name = /^(?:!\w+|"?Fn::\w+|\{ ?"(?:Fn::)?\w+|[\w.]+)/.exec(expression)?.[0].replace(/^[{ "]+/, '');
  return name === undefined ? '…' : `${name} …`;
}

function namesBelow(values: readonly Value[]): string {
  return [...new Set(values.map(showUndecided).filter((name) => name !== ''))].join(', ');
}
