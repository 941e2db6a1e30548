import type { CallContext } from '../../../platform/context.ts';
import type { ServiceHost } from '../../../platform/service.ts';
import { check } from '../../../store/operations.ts';
import type { Operation, StoredRecord } from '../../../store/store.ts';
import { keyStores, keys } from '../collections.ts';
import { withMaterial } from '../new-material.ts';
import type { KeyRecord, KeyStoreRecord } from '../records.ts';
import { placeIn } from '../symmetric.ts';
import { storeOf, wrongStoreState } from './find-store.ts';
import { askHsm, type HsmStore } from './hsm.ts';
import { type Placing, wrongOriginOf } from './origin.ts';
import { demandExternalKey, keyInUse } from './xks/external-key.ts';
import type { XksStore } from './xks/proxy.ts';
import { creatingRefusal } from './xks/refusal.ts';

interface MadeKey {
  readonly key: KeyRecord;
  readonly operations: readonly Operation[];
}

/**
 * The connected key store that a new key is made in; undefined when it is made in none.
 *
 * @throws AwsError CustomKeyStoreNotFoundException, CustomKeyStoreInvalidStateException, ValidationException
 */
export async function placeOfNewKey(
  context: CallContext,
  input: Placing,
): Promise<StoredRecord<KeyStoreRecord> | undefined> {
  if (input.CustomKeyStoreId === undefined) return undefined;
  const found = await storeOf(context, input.CustomKeyStoreId);
  const { value } = found;
  if ((input.Origin === 'AWS_CLOUDHSM') !== (value.hsm !== undefined)) throw wrongOriginOf(value);
  if (value.state !== 'CONNECTED') throw wrongStoreState(value, 'CreateKey');
  return found;
}

/**
 * A new key in a key store: made in its token, or joined to a key that its external manager has. It is not saved when the
 * store was changed or deleted meanwhile.
 */
export async function newKeyIn(
  context: CallContext,
  { key: name, value: store, version }: StoredRecord<KeyStoreRecord>,
  key: KeyRecord,
  external = '',
): Promise<MadeKey> {
  const made = await madeIn(context, store, key, external);
  return { ...made, operations: [...made.operations, check(keyStores, name, version)] };
}

function madeIn(
  context: CallContext,
  store: KeyStoreRecord,
  key: KeyRecord,
  external: string,
): Promise<MadeKey> {
  if (store.hsm) return inToken(context, { ...store, hsm: store.hsm }, key);
  if (store.xks) return joined(context, { ...store, xks: store.xks }, key, external);
  throw new Error(`key store ${store.id} is of no kind`);
}

async function inToken(context: CallContext, store: HsmStore, key: KeyRecord): Promise<MadeKey> {
  const [material, object] = await askHsm(context, store, 'hsm-generate', [store.id, key.id]);
  const id = String(material);
  return {
    key: {
      ...key,
      keyStore: { id: store.id, clusterId: store.hsm.clusterId, object: object?.toString('hex') ?? '' },
      materials: [{ id, state: 'CURRENT' }],
      current: id,
    },
    operations: [],
  };
}

/** It has material of its own too: what is encrypted needs both keys to be opened. */
async function joined(
  context: CallContext,
  store: XksStore,
  key: KeyRecord,
  external: string,
): Promise<MadeKey> {
  const { records } = await context.store.list(keys, {
    index: 'external',
    equals: `${store.account}/${store.region}/${store.id}/${external}`,
    limit: 1,
  });
  if (records.length > 0) throw keyInUse();
  try {
    await demandExternalKey(context, store, external);
  } catch (error) {
    throw creatingRefusal(error);
  }
  return withMaterial(context, { ...key, keyStore: { id: store.id, xksKeyId: external } });
}

/**
 * Destroys the key of a deleted KMS key in its token, as far as that is possible now. Source: AWS KMS Developer Guide,
 * "Deleting KMS keys from an AWS CloudHSM key store": a best effort.
 */
export async function destroyInToken(host: ServiceHost, key: KeyRecord): Promise<void> {
  const place = placeIn(key);
  if (place === '') return;
  const { account, region } = key;
  const { value } = await storeOf({ store: host.store, account, region }, key.keyStore?.id ?? '');
  if (!value.hsm || value.state !== 'CONNECTED') return;
  await askHsm(host, { ...value, hsm: value.hsm }, 'hsm-destroy', [place]);
}
