import { randomBytes } from 'node:crypto';
import { text } from '../../kernel/texts.ts';
import type { RequestFacts } from '../../platform/context.ts';
import type { Principal } from '../../platform/identity.ts';
import { mfaDevices, users } from '../../services/iam/collections.ts';
import { eachOf, type Found, named, save } from '../../services/iam/find.ts';
import { hashPassword, isPassword } from '../../services/iam/passwords.ts';
import type { UserRecord } from '../../services/iam/records.ts';
import { yieldToOthers } from '../../store/errors.ts';
import type { ConsoleHost } from '../host.ts';
import { Refusal, refuse } from '../http/problem.ts';
import { auditSignIn } from './audit.ts';
import { usablePasskeys } from './passkeys.ts';
import {
  changeSession,
  endSession,
  keepSession,
  newCookie,
  type OpenSession,
  SESSION_MILLISECONDS,
  type SessionRecord,
} from './session-records.ts';

/** Name and password as somebody typed them. */
export interface Attempt {
  readonly account: string;
  readonly name: string;
  readonly password: string;
}

let noHash: Promise<string> | undefined;

/**
 * Checks name and password and begins a session. Whoever has a second factor must still give it.
 *
 * @returns the new cookie.
 * @throws Refusal 401 for any wrong part, 429 after too many.
 */
export async function signIn(host: ConsoleHost, attempt: Attempt, request: RequestFacts): Promise<string> {
  const { platform, limiter } = host;
  const now = platform.now();
  const names = limiterNames(attempt, request);
  demandPatience(limiter.wait(names, now));
  const user = await named(platform.store, users, attempt.account, attempt.name);
  noHash ??= hashPassword(randomBytes(16).toString('hex'));
  // A name that nobody has takes as long as a wrong password.
  const right = await isPassword(attempt.password, user?.value.login?.hash ?? (await noHash));
  if (!user?.value.login || !right) {
    limiter.failed(names, now);
    await auditSignIn(host, request, {
      account: attempt.account,
      userName: attempt.name,
      failure: 'Failed authentication',
    });
    throw refuse(401, 'sign-in-failed', 'name or password is wrong', '名前またはパスワードが違います');
  }
  limiter.succeeded(names.slice(0, 1));
  await noteUse(host, user);
  const factors = await secondFactors(host, attempt.account, user.value);
  return begin(host, user.value, request, factors.length > 0 ? 'mfa-needed' : 'signed-in', 'none');
}

/** Which second factors a user has. */
export async function secondFactors(
  host: ConsoleHost,
  account: string,
  user: Pick<UserRecord, 'id' | 'mfaDevices'>,
): Promise<readonly ('totp' | 'passkey')[]> {
  const { store } = host.platform;
  const devices = await eachOf(store, mfaDevices, user.mfaDevices);
  const passkeys = await usablePasskeys(host, { account, id: user.id });
  return [
    ...(devices.some(({ value }) => value.kind === 'virtual') ? (['totp'] as const) : []),
    ...(passkeys.length > 0 ? (['passkey'] as const) : []),
  ];
}

function limiterNames({ account, name }: Attempt, { sourceIp }: RequestFacts): readonly string[] {
  return [`user ${account}/${name.toLowerCase()} ${sourceIp}`, `address ${sourceIp}`];
}

export function demandPatience(seconds: number): void {
  if (seconds <= 0) return;
  throw new Refusal(
    429,
    {
      code: 'too-many-attempts',
      message: text(
        `too many wrong attempts; try again in ${seconds} seconds`,
        `失敗が続いています。${seconds}秒後にやり直してください`,
      ),
    },
    { 'retry-after': String(seconds) },
  );
}

async function noteUse({ platform }: ConsoleHost, user: Found<UserRecord>): Promise<void> {
  const used = save(users, user, { passwordLastUsed: platform.now().getTime() });
  // Somebody who changes the user at this moment goes before.
  await platform.store.transact({ operations: [used] }).catch(yieldToOthers);
}

/** Begins a session from the same STS as everywhere and returns its cookie. */
export async function begin(
  host: ConsoleHost,
  user: Pick<UserRecord, 'id' | 'name' | 'account'>,
  request: RequestFacts,
  state: SessionRecord['state'],
  mfa: SessionRecord['mfa'],
): Promise<string> {
  const { platform } = host;
  const now = platform.now();
  const expiresAt = now.getTime() + SESSION_MILLISECONDS;
  const { account, id: userId, name: userName } = user;
  const cookie = newCookie();
  const record: SessionRecord = {
    id: randomBytes(9).toString('base64url'),
    account,
    userId,
    userName,
    token: await mint(host, user, now.getTime(), expiresAt, mfa),
    state,
    mfa,
    since: now.getTime(),
    lastSeen: now.getTime(),
    expiresAt,
    address: request.sourceIp,
    agent: request.userAgent.slice(0, 300),
    misses: 0,
  };
  await keepSession(platform.store, cookie, record, now);
  if (state === 'signed-in') await auditSignIn(host, request, { account, userName, userId, mfa });
  return cookie;
}

async function mint(
  { platform }: ConsoleHost,
  { account, id }: Pick<UserRecord, 'account' | 'id'>,
  now: number,
  expiresAt: number,
  mfa: SessionRecord['mfa'],
): Promise<string> {
  const { credentials } = await platform.ports();
  const { sessionToken } = await credentials.mintSession({
    kind: 'session',
    account,
    principalId: id,
    name: '',
    issuedAt: now,
    expiresAt,
    ...(mfa !== 'none' && { mfaAt: now }),
  });
  return sessionToken;
}

/** Replaces a session by one that began with a second factor. @returns the new cookie. */
export async function raise(
  host: ConsoleHost,
  session: OpenSession,
  request: RequestFacts,
  mfa: 'totp' | 'passkey',
): Promise<string> {
  const { account, userId, userName } = session.value;
  const cookie = await begin(host, { account, id: userId, name: userName }, request, 'signed-in', mfa);
  await endSession(host.platform.store, session.key);
  return cookie;
}

const MOST_MISSES = 5;

/** A wrong code: the session allows only a few. @throws Refusal 401 always. */
export async function missed(host: ConsoleHost, session: OpenSession, request: RequestFacts): Promise<never> {
  const { account, userName, userId } = session.value;
  const misses = session.value.misses + 1;
  host.limiter.failed([`code ${account}/${userId}`], host.platform.now());
  await auditSignIn(host, request, { account, userName, userId, failure: 'Failed second factor' });
  if (misses >= MOST_MISSES) await endSession(host.platform.store, session.key);
  else await changeSession(host.platform.store, session, { misses });
  throw refuse(
    401,
    'code-wrong',
    'the code or passkey is wrong or was used',
    'コードまたはパスキーが正しくないか、使用済みです',
  );
}

/**
 * Takes a one-time code of any of the user's devices.
 *
 * @returns whether one fits; it cannot be used again then.
 * @throws Refusal 429 after too many wrong ones.
 */
export async function takeCode(host: ConsoleHost, principal: Principal, code: string): Promise<boolean> {
  const { platform, limiter } = host;
  const now = platform.now();
  const name = `code ${principal.account}/${principal.id}`;
  demandPatience(limiter.wait([name], now));
  const user = await platform.store.get(users, principal.id);
  const { identity } = await platform.ports();
  for (const serial of user?.value.mfaDevices ?? []) {
    const operations = await identity.verifyMfa(principal, serial, code, now);
    if (!operations) continue;
    await platform.store.transact({ operations });
    limiter.succeeded([name]);
    return true;
  }
  return false;
}
