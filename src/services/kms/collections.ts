import { collection } from '../../store/collection.ts';
import type {
  AccountKeyRecord,
  AliasRecord,
  CurrentRootRecord,
  GoneKeyRecord,
  GrantRecord,
  KeyRecord,
  KeyStoreRecord,
  LastUseRecord,
  MaterialRecord,
  PolicyRecord,
} from './records.ts';

/** By account, Region and id. */
export const keys = collection<KeyRecord>({
  name: 'kms-key',
  indexes: {
    related: (key) => (key.multiRegion ? `${key.account}/${key.id}` : undefined),
    due: dueAt,
    troubled: (key) => (opensNothing(key) ? key.account : undefined),
    store: ({ account, region, keyStore }) => keyStore && `${account}/${region}/${keyStore.id}`,
    external: ({ account, region, keyStore }) =>
      keyStore?.xksKeyId && `${account}/${region}/${keyStore.id}/${keyStore.xksKeyId}`,
  },
  unique: ['external'],
});
/** By the key's key. */
export const policies = collection<PolicyRecord>({ name: 'kms-policy' });
/** By account, key id and material id: related multi-Region keys share them. */
export const materials = collection<MaterialRecord>({ name: 'kms-material' });
export const accountKeys = collection<AccountKeyRecord>({ name: 'kms-account-key' });
/** Which root key counts. */
export const currentRoots = collection<CurrentRootRecord>({ name: 'kms-current-root' });
/** By account, Region and name. */
export const aliases = collection<AliasRecord>({
  name: 'kms-alias',
  indexes: { key: ({ account, region, keyId }) => `${account}/${region}/${keyId}` },
});
/** By the key's key and grant id. */
export const grants = collection<GrantRecord>({
  name: 'kms-grant',
  indexes: {
    retiring: ({ region, retiring }) => (retiring === undefined ? undefined : `${region}/${retiring}`),
    token: ({ token }) => token,
  },
  unique: ['token'],
});
/** By the key's key. */
export const lastUses = collection<LastUseRecord>({ name: 'kms-last-use' });

/** By account, Region and id. */
export const keyStores = collection<KeyStoreRecord>({
  name: 'kms-key-store',
  indexes: {
    name: ({ account, region, name }) => `${account}/${region}/${name}`,
    place: ({ account, region, hsm, xks }) =>
      `${account}/${region}/${hsm ? hsm.clusterId : `${xks?.endpoint}${xks?.path}`}`,
  },
  unique: ['name', 'place'],
});

/** By account, Region and id. */
export const goneKeys = collection<GoneKeyRecord>({ name: 'kms-gone-key' });

/** Whether a key is disabled, lacks material, or waits to be deleted. */
function opensNothing({ enabled, deletion, awaitsReplicas, current, materials: held }: KeyRecord): boolean {
  const lacks = current === undefined || held.some(({ missing }) => missing === true);
  return !enabled || deletion !== undefined || awaitsReplicas !== undefined || lacks;
}

/** The next moment at which something happens to a key by itself. */
function dueAt({ deletion, rotation, materials: held }: KeyRecord): number | undefined {
  const expiries = held.flatMap(({ expiresAt, missing }) =>
    expiresAt === undefined || missing ? [] : [expiresAt],
  );
  const moments = [deletion?.at, deletion ? undefined : rotation?.next, ...expiries];
  const known = moments.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Everything that this service keeps; the store is opened with it before the service is loaded. */
export const COLLECTIONS = [
  keys,
  policies,
  materials,
  accountKeys,
  currentRoots,
  aliases,
  grants,
  lastUses,
  keyStores,
  goneKeys,
];
