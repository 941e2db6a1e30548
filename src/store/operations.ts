import type { Collection } from './collection.ts';
import { ConflictError } from './errors.ts';
import type { Expected, Operation, Store, StoredRecord } from './store.ts';

/** Writes a record; with `expected` only when it is in that version (or absent). */
export function put<T>(collection: Collection<T>, key: string, value: T, expected?: Expected): Operation {
  return { kind: 'put', collection, key, value, ...(expected === undefined ? {} : { expected }) };
}

/** Deletes a record; without `expected` one that is not there is no fault. */
export function remove<T>(collection: Collection<T>, key: string, expected?: number): Operation {
  return { kind: 'remove', collection, key, ...(expected === undefined ? {} : { expected }) };
}

/** Demands that a record is still in a version, without changing it. */
export function check<T>(collection: Collection<T>, key: string, expected: number): Operation {
  return { kind: 'check', collection, key, expected };
}

const ATTEMPTS = 20;

/**
 * Reads a record, lets a function decide on its successor, and writes that if nobody else was faster;
 * otherwise tries again, up to 20 times. The function may return the very value it was given to leave
 * the record as it is.
 *
 * @throws ConflictError when others were faster each time.
 */
export async function change<T>(
  store: Store,
  collection: Collection<T>,
  key: string,
  decide: (current: T | undefined) => T,
): Promise<StoredRecord<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const current = await store.get(collection, key);
    const value = decide(current?.value);
    if (current && value === current.value) return current;
    try {
      const operation = put(collection, key, value, current?.version ?? 'absent');
      const { versions } = await store.transact({ operations: [operation] });
      return { key, value, version: versions[0] ?? 0 };
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error;
    }
  }
}
