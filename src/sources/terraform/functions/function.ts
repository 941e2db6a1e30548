import type { Span } from '../../../kernel/source-file.ts';
import { list, numberFrom, stringFrom, type Value } from '../../../model/value.ts';
import { type Plain, plainFrom, undecidedAt, valueFrom } from '../evaluate/values.ts';

/** Where a function is called, and the files that it may read. */
export interface CallContext {
  readonly span: Span;
  readonly files: ModuleFiles;
}

/** The files below what is assessed; paths are relative to the root module's folder, as Terraform has them. */
export interface ModuleFiles {
  /** The text of a file, or undefined when it is not there, too large or outside. */
  read(path: string): string | undefined;
  /** The files that match, relative to the folder, sorted; undefined when they cannot be told. */
  list(folder: string): readonly string[] | undefined;
  /** Renders a file's text as a template with the given variables. */
  render(text: string, variables: ReadonlyMap<string, Value>, span: Span): Value;
}

/** A Terraform function: values in, a value out; never throws for what people write. */
export type TerraformFunction = (values: readonly Value[], call: CallContext) => Value;

/** Raised inside a function for arguments that Terraform itself refuses. */
export class RefusedArguments extends Error {}

/** Lifts a function over plain data: any open argument makes the result unknown. */
export function pure(compute: (...values: readonly Plain[]) => Plain): TerraformFunction {
  return (values, call) => {
    const plain: Plain[] = [];
    for (const value of values) {
      const each = plainFrom(value);
      if (each === undefined) return undecidedAt(call.span, 'function');
      plain.push(each);
    }
    return valueFrom(compute(...plain), call.span);
  };
}

/** Lifts a function over strings. */
export function ofStrings(compute: (...values: readonly string[]) => Plain): TerraformFunction {
  return pure((...values) => compute(...values.map(text)));
}

/** Lifts a function over numbers. */
export function ofNumbers(compute: (...values: readonly number[]) => number): TerraformFunction {
  return pure((...values) => {
    const result = compute(...values.map(number));
    if (!Number.isFinite(result)) throw new RefusedArguments();
    return result;
  });
}

export function text(value: Plain | undefined): string {
  if (value === null || value === undefined || typeof value === 'object') throw new RefusedArguments();
  return String(value);
}

export function number(value: Plain | undefined): number {
  const converted = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof converted !== 'number' || !Number.isFinite(converted)) throw new RefusedArguments();
  return converted;
}

export function items(value: Plain | undefined): readonly Plain[] {
  if (!Array.isArray(value)) throw new RefusedArguments();
  return value;
}

/** The items of a list argument whose items may be open; undefined when the list itself is. */
export function listItems(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === 'list') return value.items;
  if (value?.kind === 'unknown') return undefined;
  throw new RefusedArguments();
}

/** The entries of a map argument whose values may be open; undefined when the map itself is. */
export function mapEntries(value: Value | undefined): ReadonlyMap<string, Value> | undefined {
  if (value?.kind === 'map') return value.entries;
  if (value?.kind === 'unknown') return undefined;
  throw new RefusedArguments();
}

export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'unknown') return undefined;
  const known = value && stringFrom(value);
  if (known === undefined) throw new RefusedArguments();
  return known;
}

export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind === 'unknown') return undefined;
  const known = value && numberFrom(value);
  if (known === undefined) throw new RefusedArguments();
  return known;
}

/** The values of a list, each known one once, in the order of their first appearance. */
export function distinctValues(values: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A string that is the same for equal values; undefined for values that are not wholly known. */
export function keyOf(value: Value): string | undefined {
  const plain = plainFrom(value);
  return plain === undefined ? undefined : JSON.stringify(plain, replaceMaps);
}

function replaceMaps(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value].sort() : value;
}

export function listAt(values: readonly Value[], call: CallContext): Value {
  return list(values, call.span);
}

export function notDecided(call: CallContext): Value {
  return undecidedAt(call.span, 'function');
}
