import { type Answer, undecided, YES } from '../../../model/answer.ts';
import { known, map, numberFrom, stringFrom, type Value } from '../../../model/value.ts';
import type { Body } from '../hcl/syntax.ts';
import { evaluate } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { undecidedAt } from './values.ts';

/** One instance that `count` or `for_each` gives a resource or module. */
export interface Instance {
  /** The part of the address in brackets: nothing, `[0]` or `["key"]`. */
  readonly suffix: string;
  readonly key: string | number | undefined;
  readonly exists: Answer;
  readonly scope: Scope;
}

export interface Repetition {
  /** How expressions see it: one object, a list, a map, or an object that stands for all instances. */
  readonly shape: 'single' | 'list' | 'map' | 'undecided';
  readonly instances: readonly Instance[];
}

const MOST_INSTANCES = 2_000;

/** Expands `count` and `for_each`. What is undecided gives one instance whose existence is undecided. */
export function repetitionOf(body: Body, scope: Scope): Repetition {
  const count = body.attributes.get('count');
  if (count) return counted(evaluate(count.value, scope), scope);
  const forEach = body.attributes.get('for_each');
  if (forEach) return forEached(evaluate(forEach.value, scope), scope);
  return { shape: 'single', instances: [{ suffix: '', key: undefined, exists: YES, scope }] };
}

function counted(count: Value, scope: Scope): Repetition {
  const options = count.kind === 'oneOf' ? count.options : [count];
  const numbers = options.map(countFrom);
  const decided = numbers.flatMap((each) => (each === undefined ? [] : [each]));
  const most = Math.max(0, ...decided);
  if (decided.length < numbers.length || most > MOST_INSTANCES) return representative(count, scope);
  const least = Math.min(...decided);
  const instances = Array.from({ length: most }, (_, index): Instance => {
    const names = map(new Map([['index', known(index, count.span)]]), count.span);
    const exists = index < least ? YES : undecided(count);
    return { suffix: `[${index}]`, key: index, exists, scope: scope.naming('count', names) };
  });
  return { shape: 'list', instances };
}

function countFrom(value: Value): number | undefined {
  if (value.kind === 'known' && typeof value.value === 'boolean') return Number(value.value);
  const number = numberFrom(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined;
}

function forEached(collection: Value, scope: Scope): Repetition {
  const options = collection.kind === 'oneOf' ? collection.options : [collection];
  const entries = options.map(eachEntries);
  const decided = entries.flatMap((each) => (each ? [each] : []));
  const all = new Map(decided.flatMap((each) => [...each]));
  if (decided.length < entries.length || all.size > MOST_INSTANCES) return representative(collection, scope);
  const instances = [...all].map(([key, value]): Instance => {
    const exists = decided.every((each) => each.has(key)) ? YES : undecided(collection);
    return {
      suffix: `["${key}"]`,
      key,
      exists,
      scope: scope.naming('each', eachValue(known(key, value.span), value)),
    };
  });
  return { shape: 'map', instances };
}

/** The keys and values of a map, or of a set of strings, whose every key is decided. */
function eachEntries(collection: Value): ReadonlyMap<string, Value> | undefined {
  if (collection.kind === 'map') return collection.entries;
  if (collection.kind !== 'list') return undefined;
  const entries = new Map<string, Value>();
  for (const item of collection.items) {
    const key = stringFrom(item);
    if (key === undefined) return undefined;
    entries.set(key, item);
  }
  return entries;
}

function eachValue(key: Value, value: Value): Value {
  return map(
    new Map([
      ['key', key],
      ['value', value],
    ]),
    value.span,
  );
}

/** One instance for all, where nobody can tell how many there are. */
function representative(open: Value, scope: Scope): Repetition {
  const gap = undecidedAt(open.span, 'condition');
  const inner = scope
    .naming('each', eachValue(gap, gap))
    .naming('count', map(new Map([['index', gap]]), open.span));
  return {
    shape: 'undecided',
    instances: [{ suffix: '', key: undefined, exists: undecided(open), scope: inner }],
  };
}
