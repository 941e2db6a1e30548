import { text } from '../kernel/texts.ts';
import { StoreError } from './errors.ts';

/** What a record is found by besides its key; `undefined` leaves the record out of the index. */
export type IndexValue = string | number | undefined;

export interface CollectionDefinition<T> {
  /** Kebab-case, at most 30 characters. */
  readonly name: string;
  /** Version of the record's form; raise it with every change of form or of an index function. */
  readonly schema?: number;
  /** camelCase names, at most 28 characters. */
  readonly indexes?: Readonly<Record<string, (record: T) => IndexValue>>;
  /** Names of the indexes whose value only one record may have. */
  readonly unique?: readonly string[];
  /** Makes a record from what was stored under an older (or this) schema; default: as stored. */
  readonly decode?: (stored: unknown, schema: number) => T;
}

/** Records of one kind: what the store needs to know of them. Made by {@link collection}. */
export interface Collection<T> {
  readonly name: string;
  readonly schema: number;
  /** Sorted by name. */
  readonly indexes: readonly Index<T>[];
  decode(stored: unknown, schema: number): T;
}

export interface Index<T> {
  readonly name: string;
  readonly unique: boolean;
  valueIn(record: T): IndexValue;
}

const COLLECTION_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const INDEX_NAME = /^[a-z][a-zA-Z0-9]*$/;
const COLLECTION_CHARACTERS = 30;
const INDEX_CHARACTERS = 28;
const MOST_INDEXES = 16;

/**
 * Declares a collection. Values are JSON: what `JSON.stringify` drops is not stored.
 *
 * @throws StoreError `store-collection` when a name is not allowed or an index is declared twice.
 */
export function collection<T>(definition: CollectionDefinition<T>): Collection<T> {
  const { name, schema = 1, unique = [], decode } = definition;
  const declared = Object.entries(definition.indexes ?? {});
  if (!COLLECTION_NAME.test(name) || name.length > COLLECTION_CHARACTERS) refuse(name, name);
  if (!Number.isSafeInteger(schema) || schema < 1 || schema > 1_000_000) refuse(name, `schema ${schema}`);
  if (declared.length > MOST_INDEXES) refuse(name, `${declared.length} indexes`);
  const lowered = new Set<string>();
  for (const [index] of declared) {
    // SQLite compares names of columns without regard to case.
    const folded = index.toLowerCase();
    if (!INDEX_NAME.test(index) || index.length > INDEX_CHARACTERS || lowered.has(folded))
      refuse(name, index);
    lowered.add(folded);
  }
  for (const index of unique) if (!declared.some(([each]) => each === index)) refuse(name, index);
  return {
    name,
    schema,
    indexes: declared
      .map(([index, valueIn]) => ({ name: index, unique: unique.includes(index), valueIn }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    decode: decode ?? ((stored) => stored as T),
  };
}

function refuse(name: string, what: string): never {
  throw new StoreError(
    'store-collection',
    text(
      `the collection "${name}" cannot be declared: "${what}" is not allowed`,
      `コレクション「${name}」を宣言できません。「${what}」は使えません`,
    ),
  );
}
