import type { CallContext } from '../../../platform/context.ts';
import { awsError } from '../../../platform/service.ts';
import type { StoredRecord } from '../../../store/store.ts';
import { keyStores } from '../collections.ts';
import type { KeyStoreRecord } from '../records.ts';

export const storeNotFound = (id: string) =>
  awsError('CustomKeyStoreNotFoundException', `Custom key store ${id} is not found.`);

export const wrongStoreState = ({ name, state }: KeyStoreRecord, operation: string) =>
  awsError(
    'CustomKeyStoreInvalidStateException',
    `The connection state of custom key store ${name} is ${state}, which is not valid for ${operation}.`,
  );

export function storeKey({ account, region, id }: Pick<KeyStoreRecord, 'account' | 'region' | 'id'>): string {
  return `${account}/${region}/${id}`;
}

/** A custom key store of the caller's account and Region. @throws AwsError CustomKeyStoreNotFoundException */
export async function storeOf(
  { store, account, region }: Pick<CallContext, 'store' | 'account' | 'region'>,
  id: string,
): Promise<StoredRecord<KeyStoreRecord>> {
  const found = await store.get(keyStores, storeKey({ account, region, id }));
  if (!found) throw storeNotFound(id);
  return found;
}

/** The custom key stores of an account in a Region: there are never many. */
export async function storesOf({
  store,
  account,
  region,
}: Pick<CallContext, 'store' | 'account' | 'region'>): Promise<readonly StoredRecord<KeyStoreRecord>[]> {
  const { records } = await store.list(keyStores, {
    from: `${account}/${region}/`,
    before: `${account}/${region}0`,
    limit: 100,
  });
  return records;
}
