import { known, type Value } from '../../../model/value.ts';

export interface LoopItem {
  readonly key: Value;
  readonly value: Value;
}

/** The keys and values that `for` goes through; undefined when the collection is not decided. */
export function loopItems(collection: Value): readonly LoopItem[] | undefined {
  if (collection.kind === 'list') {
    return collection.items.map((value, index) => ({ key: known(index, value.span), value }));
  }
  if (collection.kind === 'map') {
    return [...collection.entries]
      .sort(byKey)
      .map(([key, value]) => ({ key: known(key, value.span), value }));
  }
  return undefined;
}

/** Terraform goes through maps in the order of their keys. */
export function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
