import { text } from '../kernel/texts.ts';
import type { Collection } from './collection.ts';
import type { Collections, Engine } from './engine.ts';
import { StoreError } from './errors.ts';
import type { Store } from './store.ts';
import { storeOver } from './store-over.ts';

export interface OpenOptions {
  readonly collections: readonly Collection<unknown>[];
}

const POSTGRES_URL = /^postgres(?:ql)?:\/\//;
const ANY_URL = /^[a-z][a-z0-9+.-]+:\/\//i;

/**
 * Opens a store.
 *
 * @param location path of a SQLite file, `:memory:` for one that ends with the process, or a
 * `postgres://` URL (RFC 3986; PostgreSQL manual, "Connection URIs").
 * @throws StoreError `store-location`, `store-readonly`, `store-corrupt`, `store-newer`, `store-busy`,
 * `store-refused`, `store-unreachable`, `store-collection`.
 */
export async function openStore(location: string, { collections }: OpenOptions): Promise<Store> {
  const known = byName(collections);
  const engine = await openEngine(location, known);
  return storeOver(engine, known);
}

/** Each engine is loaded only when it is used: `pg` costs a command 30 ms. */
async function openEngine(location: string, collections: Collections): Promise<Engine> {
  if (!POSTGRES_URL.test(location)) {
    if (ANY_URL.test(location) || location === '') throw unknownLocation();
    const { openSqlite } = await import('./sqlite/engine.ts');
    return openSqlite(location, collections);
  }
  const { openPostgres } = await import('./postgres/engine.ts');
  return openPostgres(location, collections);
}

function unknownLocation(): StoreError {
  return new StoreError(
    'store-location',
    text(
      'a store is named by the path of a file or by a postgres:// URL',
      'ストアはファイルのパスかpostgres://のURLで指定してください',
    ),
  );
}

function byName(collections: readonly Collection<unknown>[]): Collections {
  const known = new Map<string, Collection<unknown>>();
  for (const collection of collections) {
    if (known.has(collection.name)) {
      throw new StoreError(
        'store-collection',
        text(
          `the collection ${collection.name} was given twice`,
          `コレクション${collection.name}が二度指定されています`,
        ),
      );
    }
    known.set(collection.name, collection);
  }
  return known;
}
