import { type Answer, any, ask, NO, undecided, YES } from '../model/answer.ts';
import { get, itemsOf, stringFrom, type Value } from '../model/value.ts';

/** A property of a resource (or of any value) at a path of keys and indexes. */
export function property(
  holder: { readonly properties: Value },
  ...path: readonly (string | number)[]
): Value {
  return get(holder.properties, ...path);
}

/** Whether a map has one of the keys, whatever stands below it (`Count: {}` says all by its key). */
export function hasKey(value: Value, ...keys: readonly string[]): Answer {
  return ask(value, (each) => each.kind === 'map' && keys.some((key) => isThere(each.entries.get(key))));
}

function isThere(value: Value | undefined): boolean {
  return value !== undefined && value.kind !== 'absent';
}

/** The strings of a list that are known for certain; a single string counts as a list of one. */
export function stringsOf(value: Value): readonly string[] {
  return itemsOf(value).flatMap((item) => stringFrom(item) ?? []);
}

/** Whether a string is known to begin with a prefix: its first known text decides. */
export function leadingText(value: Value): string | undefined {
  if (value.kind === 'known') return stringFrom(value);
  if (value.kind !== 'unknown') return undefined;
  const first = value.parts?.[0];
  return typeof first === 'string' ? first : undefined;
}

/** All literal text of a value, with a space for each hole: enough to look for words in. */
export function literalText(value: Value): string {
  if (value.kind === 'known') return stringFrom(value) ?? '';
  if (value.kind !== 'unknown') return '';
  return (value.parts ?? []).map((part) => (typeof part === 'string' ? part : ' ')).join('');
}

/** Whether the items of a list, or the list as a whole, answer yes for one of them; each option of a choice is asked. */
export function anyItem(items: readonly Value[], question: (item: Value) => Answer): Answer {
  return any(items.map(question));
}

/** Yes or no where a value is decided, undecided otherwise. */
export function decidedBy(value: Value, question: (value: Value) => boolean): Answer {
  if (value.kind === 'unknown') return undecided(value);
  return value.kind === 'oneOf' ? ask(value, question) : question(value) ? YES : NO;
}
