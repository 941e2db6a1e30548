import { collection } from '../../store/collection.ts';
import type {
  AccountKeyRecord,
  AliasRecord,
  GrantRecord,
  KeyRecord,
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
  },
});
/** By the key's key. */
export const policies = collection<PolicyRecord>({ name: 'kms-policy' });
/** By account, key id and material id: related multi-Region keys share them. */
export const materials = collection<MaterialRecord>({ name: 'kms-material' });
export const accountKeys = collection<AccountKeyRecord>({ name: 'kms-account-key' });
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
export const COLLECTIONS = [keys, policies, materials, accountKeys, aliases, grants, lastUses];
