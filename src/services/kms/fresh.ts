import type { CallContext } from '../../platform/context.ts';
import { put } from '../../store/operations.ts';
import type { Operation, StoredRecord } from '../../store/store.ts';
import { keys } from './collections.ts';
import { notFound } from './errors.ts';
import { keyArn, keyKey, placeOf, relatedKeys } from './find.ts';
import type { KeyRecord } from './records.ts';

/** The key of an identifier (no alias) as it is now, to be changed. @throws AwsError NotFoundException */
export async function freshKey(context: CallContext, given: string): Promise<StoredRecord<KeyRecord>> {
  const { account, region, id = '' } = placeOf(given, context);
  const found = await context.store.get(keys, keyKey({ account, region, id }));
  if (!found) throw notFound.key(keyArn({ account, region, id }));
  return found;
}

/** Writes a key that was read. */
export function save(key: StoredRecord<KeyRecord>, changed: Partial<KeyRecord>): Operation {
  return put(keys, key.key, { ...key.value, ...changed }, key.version);
}

/** Writes what related multi-Region keys share to all of them. */
export async function saveShared(
  { store }: Pick<CallContext, 'store'>,
  record: KeyRecord,
  changed: (each: KeyRecord) => Partial<KeyRecord>,
): Promise<readonly Operation[]> {
  const all = await relatedKeys(store, record);
  return all.map((each) => save(each, changed(each.value)));
}
