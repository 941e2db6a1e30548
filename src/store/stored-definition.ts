import type { Collection } from './collection.ts';
import type { EngineRecord } from './engine.ts';
import { newerSchema } from './errors.ts';
import { checkedIndexKey } from './prepare-transaction.ts';

/** The form of the tables that hold everything; a newer one is refused. */
export const STORE_SCHEMA = 1;

/** What the store remembers of a collection, to see when its tables must follow a new declaration. */
export interface StoredDefinition {
  readonly schema: number;
  /** JSON of {@link indexList}. */
  readonly indexes: string;
}

interface StoredIndex {
  readonly name: string;
  readonly unique: boolean;
}

/** The indexes of a collection as they are remembered. */
export function indexList(collection: Collection<unknown>): string {
  return JSON.stringify(collection.indexes.map(({ name, unique }) => ({ name, unique })));
}

/** What must be done to the table of a collection. */
export interface TableChange {
  readonly drop: readonly string[];
  readonly create: readonly StoredIndex[];
  /** Whether the index values of all records are to be computed anew. */
  readonly reindex: boolean;
}

/**
 * Compares a collection with what the store remembers of it.
 *
 * @returns undefined when nothing is to be done.
 * @throws StoreError `store-newer` when a newer program declared it.
 */
export function tableChange(
  collection: Collection<unknown>,
  stored: StoredDefinition,
): TableChange | undefined {
  if (stored.schema > collection.schema) {
    throw newerSchema(`the collection ${collection.name}`, stored.schema, collection.schema);
  }
  if (stored.schema === collection.schema && stored.indexes === indexList(collection)) return undefined;
  const before = JSON.parse(stored.indexes) as readonly StoredIndex[];
  const same = (one: StoredIndex, other: StoredIndex) =>
    one.name === other.name && one.unique === other.unique;
  return {
    drop: before.filter((old) => !collection.indexes.some((now) => same(old, now))).map((old) => old.name),
    create: collection.indexes.filter((now) => !before.some((old) => same(old, now))),
    reindex: true,
  };
}

/** The index values of a record that is stored already, one per index of the collection. */
export function indexValuesOf(collection: Collection<unknown>, record: EngineRecord): (string | null)[] {
  const value = collection.decode(JSON.parse(record.value), record.schema);
  return collection.indexes.map((index) => {
    const at = index.valueIn(value);
    return at === undefined ? null : checkedIndexKey(collection, index.name, at);
  });
}
