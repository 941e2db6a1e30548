import { collection } from '../../store/collection.ts';
import type { Store, StoredRecord } from '../../store/store.ts';

/** A passkey of a user. One that was removed stays, so that what it signed can still be verified. */
export interface PasskeyRecord {
  readonly account: string;
  readonly userId: string;
  readonly userName: string;
  readonly name: string;
  /** As the authenticator gave it (COSE), in base64url. */
  readonly publicKey: string;
  /** The point on P-256, in base64url. */
  readonly x: string;
  readonly y: string;
  /** The host name that it is bound to. */
  readonly rpId: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: number;
  readonly removedAt?: number;
}

/** Key: the credential id. */
export const PASSKEYS = collection<PasskeyRecord>({
  name: 'console-passkeys',
  indexes: {
    user: ({ account, userId }) => `${account}/${userId}`,
    account: ({ account }) => account,
  },
});

const MOST_PASSKEYS = 100;

/** The passkeys that a user can use, the oldest first. */
export async function passkeysOf(
  store: Store,
  account: string,
  userId: string,
): Promise<readonly StoredRecord<PasskeyRecord>[]> {
  const { records } = await store.list(PASSKEYS, {
    index: 'user',
    equals: `${account}/${userId}`,
    limit: MOST_PASSKEYS,
  });
  return records
    .filter(({ value }) => value.removedAt === undefined)
    .toSorted((one, other) => one.value.createdAt - other.value.createdAt);
}
