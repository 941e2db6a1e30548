import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { collection } from '../../store/collection.ts';
import { yieldToOthers } from '../../store/errors.ts';
import { put, remove } from '../../store/operations.ts';
import type { Store, StoredRecord } from '../../store/store.ts';

/** A session of the console. Its key is the hash of the cookie, so that the records give none away. */
export interface SessionRecord {
  /** For people and for revoking. */
  readonly id: string;
  readonly account: string;
  /** The unique id of the user. */
  readonly userId: string;
  readonly userName: string;
  /** The session token of the same STS as everywhere; all permissions come from it. */
  readonly token: string;
  readonly state: 'mfa-needed' | 'signed-in';
  readonly mfa: 'none' | 'totp' | 'passkey';
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly lastSeen: number;
  readonly expiresAt: number;
  readonly address: string;
  readonly agent: string;
  /** Wrong codes so far. */
  readonly misses: number;
  /** What a passkey is to sign next, in base64url, and for what. */
  readonly challenge?: {
    readonly value: string;
    readonly use: 'sign-in' | 'register';
    readonly until: number;
  };
}

export const SESSIONS = collection<SessionRecord>({
  name: 'console-sessions',
  indexes: {
    user: ({ account, userId }) => `${account}/${userId}`,
    expiresAt: ({ expiresAt }) => expiresAt,
    id: ({ id }) => id,
  },
});

export const SESSION_MILLISECONDS = 8 * 3_600_000;
/** A session that nobody used for so long is over. */
const IDLE_MILLISECONDS = 2 * 3_600_000;
const SEEN_MILLISECONDS = 60_000;

/** The session of a cookie, with what it needs to be changed. */
export interface OpenSession extends StoredRecord<SessionRecord> {}

export function newCookie(): string {
  return randomBytes(32).toString('base64url');
}

export function keyOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('hex');
}

/** The session of a cookie; undefined when there is none, or it is over. */
export async function sessionOf(
  store: Store,
  cookie: string | undefined,
  now: Date,
): Promise<OpenSession | undefined> {
  if (cookie === undefined || !/^[\w-]{43}$/.test(cookie)) return undefined;
  const record = await store.get(SESSIONS, keyOf(cookie));
  if (!record) return undefined;
  const { expiresAt, lastSeen } = record.value;
  const over = expiresAt <= now.getTime() || lastSeen + IDLE_MILLISECONDS <= now.getTime();
  return over ? undefined : record;
}

/** Notes that a session is used, at most once a minute. */
export async function noteSeen(store: Store, session: OpenSession, now: Date): Promise<void> {
  if (now.getTime() - session.value.lastSeen < SEEN_MILLISECONDS) return;
  const seen = { ...session.value, lastSeen: now.getTime() };
  // Somebody who ended it meanwhile goes before.
  await store
    .transact({ operations: [put(SESSIONS, session.key, seen, session.version)] })
    .catch(yieldToOthers);
}

/** Makes or replaces a session; of a user's many the ones that are over go away. */
export async function keepSession(
  store: Store,
  cookie: string,
  value: SessionRecord,
  now: Date,
): Promise<void> {
  const { records } = await store.list(SESSIONS, { index: 'expiresAt', before: now.getTime(), limit: 100 });
  await store.transact({
    operations: [
      put(SESSIONS, keyOf(cookie), value),
      ...records.filter(({ key }) => key !== keyOf(cookie)).map(({ key }) => remove(SESSIONS, key)),
    ],
  });
}

export async function changeSession(
  store: Store,
  session: OpenSession,
  changes: Partial<SessionRecord>,
): Promise<void> {
  await store.transact({
    operations: [put(SESSIONS, session.key, { ...session.value, ...changes }, session.version)],
  });
}

export async function endSession(store: Store, key: string): Promise<void> {
  await store.transact({ operations: [remove(SESSIONS, key)] });
}

/** Ends the sessions of a user but for one: whoever changes a password ends what others began with the old one. */
export async function endOtherSessions(store: Store, kept: OpenSession): Promise<void> {
  const { account, userId } = kept.value;
  const { records } = await store.list(SESSIONS, {
    index: 'user',
    equals: `${account}/${userId}`,
    limit: 1_000,
  });
  const others = records.filter(({ key }) => key !== kept.key);
  await store.transact({ operations: others.map(({ key }) => remove(SESSIONS, key)) });
}

/** The token against forged requests that belongs to a cookie; one without a cookie has one too. */
export function csrfOf(secret: Uint8Array, cookie: string | undefined): string {
  return createHmac('sha256', secret)
    .update(`csrf ${cookie ?? ''}`)
    .digest('base64url');
}

export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
