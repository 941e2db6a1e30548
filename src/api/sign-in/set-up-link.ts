import { createHash, randomBytes } from 'node:crypto';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { collection } from '../../store/collection.ts';
import { put, remove } from '../../store/operations.ts';
import type { Store } from '../../store/store.ts';

export interface SetUpToken {
  readonly expiresAt: number;
}

/** Key: the hash of the token. */
export const SET_UP_TOKENS = collection<SetUpToken>({ name: 'console-set-up' });

const LIFE_MILLISECONDS = 10 * 60_000;

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A token that makes the first administrator, once and within ten minutes. Earlier ones are worth nothing then. */
export async function newSetUpToken(store: Store, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const { records } = await store.list(SET_UP_TOKENS, { limit: 1_000 });
  await store.transact({
    operations: [
      ...records.map(({ key }) => remove(SET_UP_TOKENS, key)),
      put(SET_UP_TOKENS, keyOf(token), { expiresAt: now.getTime() + LIFE_MILLISECONDS }, 'absent'),
    ],
  });
  return token;
}

/** Whether a token would be taken. */
export async function isSetUpToken(store: Store, token: string, now: Date): Promise<boolean> {
  const record = await store.get(SET_UP_TOKENS, keyOf(token));
  return record !== undefined && record.value.expiresAt > now.getTime();
}

/** Takes a token, so that nobody can use it again. @throws HonmaruError `set-up-token`. */
export async function takeSetUpToken(store: Store, token: string, now: Date): Promise<void> {
  const record = await store.get(SET_UP_TOKENS, keyOf(token));
  const taken =
    record !== undefined &&
    record.value.expiresAt > now.getTime() &&
    (await store.transact({ operations: [remove(SET_UP_TOKENS, record.key, record.version)] }).then(
      () => true,
      () => false,
    ));
  if (taken) return;
  throw new HonmaruError({
    code: 'set-up-token',
    message: text(
      'this set-up link was used or is older than ten minutes',
      'この設定リンクは使用済みか、発行から10分を過ぎています',
    ),
    remedy: text(
      'start honmaru up again for a new one, or run honmaru setup',
      'honmaru up を再起動して新しいリンクを表示するか、honmaru setup を実行してください',
    ),
  });
}
