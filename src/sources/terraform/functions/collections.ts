import { known, list, map, stringFrom, type Value } from '../../../model/value.ts';
import { byKey } from '../evaluate/loops.ts';
import { itemOfUnknown } from '../evaluate/traversal.ts';
import { isWhollyKnown, plainFrom, respan } from '../evaluate/values.ts';
import {
  type CallContext,
  distinctValues,
  items,
  keyOf,
  listAt,
  listItems,
  mapEntries,
  notDecided,
  number,
  numberOf,
  pure,
  RefusedArguments,
  type TerraformFunction,
  textOf,
} from './function.ts';

const LONGEST_RANGE = 10_000;

/** A function over lists whose items may be open; an open list makes the result unknown. */
function overLists(
  compute: (lists: readonly (readonly Value[])[], call: CallContext) => Value,
): TerraformFunction {
  return (values, call) => {
    const lists = values.map(listItems);
    const decided = lists.flatMap((each) => (each ? [each] : []));
    return decided.length < lists.length ? notDecided(call) : compute(decided, call);
  };
}

/** Set operations compare items, so that an open item leaves the result open. */
function overKnownLists(
  compute: (lists: readonly (readonly Value[])[]) => readonly Value[],
): TerraformFunction {
  return overLists((lists, call) =>
    lists.flat().every(isWhollyKnown) ? listAt(compute(lists), call) : notDecided(call),
  );
}

function isNull(value: Value): boolean {
  return value.kind === 'known' && value.value === null;
}

function isEmpty(value: Value): boolean {
  return isNull(value) || (value.kind === 'known' && value.value === '');
}

/** Terraform's collection functions ("Collection Functions" in its language documentation). */
export const COLLECTION_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  alltrue: pure((values) => items(values).every((each) => each === true || each === 'true')),
  anytrue: pure((values) => items(values).some((each) => each === true || each === 'true')),
  chunklist: (values, call) => {
    const all = listItems(values[0]);
    const size = numberOf(values[1]);
    if (!all || size === undefined) return notDecided(call);
    if (size < 1) throw new RefusedArguments();
    const chunks: Value[] = [];
    for (let at = 0; at < all.length; at += size) chunks.push(listAt(all.slice(at, at + size), call));
    return listAt(chunks, call);
  },
  coalesce: (values, call) => firstSuch(values, (each) => !isEmpty(each), call),
  coalescelist: (values, call) =>
    firstSuch(values, (each) => each.kind !== 'list' || each.items.length > 0, call),
  compact: overLists(([all = []], call) =>
    listAt(
      all.filter((each) => !isEmpty(each)),
      call,
    ),
  ),
  concat: overLists((lists, call) => listAt(lists.flat(), call)),
  contains: (values, call) => {
    const all = listItems(values[0]);
    const wanted = values[1] && keyOf(values[1]);
    if (!all || wanted === undefined) return notDecided(call);
    if (all.some((each) => keyOf(each) === wanted)) return known(true, call.span);
    return all.every(isWhollyKnown) ? known(false, call.span) : notDecided(call);
  },
  distinct: overLists(([all = []], call) => listAt(distinctValues(all), call)),
  element: (values, call) => {
    const [from, key] = values;
    if (from?.kind === 'unknown' && key) return itemOfUnknown(from, key, call.span);
    const all = listItems(from);
    const index = numberOf(key);
    if (!all || index === undefined) return notDecided(call);
    const item = all[((index % all.length) + all.length) % all.length];
    if (!item) throw new RefusedArguments();
    return respan(item, call.span);
  },
  flatten: overLists(([all = []], call) => flatten(all, call)),
  index: pure((values, wanted) => {
    const at = items(values).indexOf(wanted ?? null);
    if (at < 0) throw new RefusedArguments();
    return at;
  }),
  keys: (values, call) => {
    const entries = mapEntries(values[0]);
    if (!entries) return notDecided(call);
    return listAt(
      [...entries.keys()].sort().map((key) => known(key, call.span)),
      call,
    );
  },
  length: ([value], call) => {
    if (value?.kind === 'list') return known(value.items.length, call.span);
    if (value?.kind === 'map') return known(value.entries.size, call.span);
    const string = value && stringFrom(value);
    return string === undefined ? notDecided(call) : known([...string].length, call.span);
  },
  list: (values, call) => listAt(values, call),
  lookup: ([from, key, fallback], call) => {
    const entries = mapEntries(from);
    const name = textOf(key);
    if (!entries || name === undefined) return notDecided(call);
    const found = entries.get(name) ?? fallback;
    if (!found) throw new RefusedArguments();
    return respan(found, call.span);
  },
  matchkeys: pure((values, keys, wanted) => {
    const names = items(keys);
    return items(values).filter((_, index) => items(wanted).includes(names[index] ?? null));
  }),
  merge: (values, call) => {
    const merged = new Map<string, Value>();
    for (const value of values) {
      if (isNull(value)) continue;
      const entries = mapEntries(value);
      if (!entries) return notDecided(call);
      for (const [key, entry] of entries) merged.set(key, entry);
    }
    return map(merged, call.span);
  },
  one: ([value], call) => {
    const all = listItems(value);
    if (!all) return notDecided(call);
    if (all.length > 1) throw new RefusedArguments();
    return all[0] ? respan(all[0], call.span) : known(null, call.span);
  },
  range: pure((...bounds) => range(bounds.map(number))),
  reverse: overLists(([all = []], call) => listAt(all.toReversed(), call)),
  setintersection: overKnownLists(([first = [], ...rest]) =>
    distinctValues(first).filter((each) => rest.every((other) => includes(other, each))),
  ),
  setproduct: overLists((lists, call) => setProduct(lists, call)),
  setsubtract: overKnownLists(([first = [], second = []]) =>
    distinctValues(first).filter((each) => !includes(second, each)),
  ),
  setunion: overLists((lists, call) => listAt(distinctValues(lists.flat()), call)),
  slice: (values, call) => {
    const [from] = values;
    const [start, end] = [numberOf(values[1]), numberOf(values[2])];
    if (from?.kind === 'unknown' && start !== undefined && end !== undefined) {
      return listAt(stretchOfUnknown(from, start, end, call), call);
    }
    const all = listItems(from);
    if (!all || start === undefined || end === undefined) return notDecided(call);
    return listAt(all.slice(start, end), call);
  },
  sort: pure((values) => items(values).map(String).sort()),
  transpose: (values, call) => transpose(mapEntries(values[0]), call),
  values: (values, call) => {
    const entries = mapEntries(values[0]);
    return entries
      ? listAt(
          [...entries].sort(byKey).map(([, each]) => each),
          call,
        )
      : notDecided(call);
  },
  zipmap: (values, call) => {
    const [names, all] = [listItems(values[0]), listItems(values[1])];
    const keys = names?.map(stringFrom);
    if (!keys || !all || keys.some((key) => key === undefined)) return notDecided(call);
    return map(
      new Map(keys.map((key, index) => [key ?? '', all[index] ?? known(null, call.span)])),
      call.span,
    );
  },
};

/** A slice has as many items as its bounds say, whatever the list holds: Terraform refuses anything else. */
function stretchOfUnknown(
  from: Value & { kind: 'unknown' },
  start: number,
  end: number,
  call: CallContext,
): readonly Value[] {
  const length = Math.min(Math.max(0, end - start), LONGEST_RANGE);
  return Array.from({ length }, (_, index) =>
    itemOfUnknown(from, known(start + index, call.span), call.span),
  );
}

function firstSuch(values: readonly Value[], wanted: (value: Value) => boolean, call: CallContext): Value {
  for (const value of values) {
    if (value.kind === 'unknown' && !value.parts) return notDecided(call);
    if (wanted(value)) return respan(value, call.span);
  }
  throw new RefusedArguments();
}

function includes(all: readonly Value[], wanted: Value): boolean {
  return all.some((each) => keyOf(each) === keyOf(wanted));
}

function flatten(all: readonly Value[], call: CallContext): Value {
  const flat: Value[] = [];
  for (const item of all) {
    if (item.kind === 'list') {
      const inner = flatten(item.items, call);
      if (inner.kind !== 'list') return inner;
      flat.push(...inner.items);
    } else if (item.kind === 'unknown' && !item.parts) return notDecided(call);
    else flat.push(item);
  }
  return listAt(flat, call);
}

function range(bounds: readonly number[]): readonly number[] {
  const [first = 0, second, third] = bounds;
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (end < start ? -1 : 1);
  if (step === 0 || Math.abs((end - start) / step) > LONGEST_RANGE) throw new RefusedArguments();
  const numbers: number[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) numbers.push(at);
  return numbers;
}

function setProduct(lists: readonly (readonly Value[])[], call: CallContext): Value {
  const size = lists.reduce((product, each) => product * each.length, 1);
  if (size > LONGEST_RANGE) return notDecided(call);
  const tuples = lists.reduce<Value[][]>(
    (made, each) => made.flatMap((tuple) => each.map((item) => [...tuple, item])),
    [[]],
  );
  return listAt(
    tuples.map((tuple) => list(tuple, call.span)),
    call,
  );
}

function transpose(entries: ReadonlyMap<string, Value> | undefined, call: CallContext): Value {
  const turned = new Map<string, Value[]>();
  for (const [key, value] of entries ?? []) {
    const names = plainFrom(value);
    if (!Array.isArray(names)) return notDecided(call);
    for (const name of names)
      turned.set(String(name), [...(turned.get(String(name)) ?? []), known(key, call.span)]);
  }
  if (!entries) return notDecided(call);
  return map(new Map([...turned].map(([name, keys]) => [name, listAt(keys, call)])), call.span);
}
