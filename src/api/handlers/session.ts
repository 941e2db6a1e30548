import { verbatim } from '../../kernel/texts.ts';
import { createFirstAdministrator } from '../../platform/bootstrap.ts';
import { users } from '../../services/iam/collections.ts';
import { named } from '../../services/iam/find.ts';
import { demandPassword } from '../../services/iam/passwords.ts';
import { put } from '../../store/operations.ts';
import type { RouteName } from '../contract.ts';
import { notThere, refuse } from '../http/problem.ts';
import { actorOf } from '../sign-in/actor.ts';
import { callIamAsRoot } from '../sign-in/iam-calls.ts';
import { authenticationOptions, takePasskey } from '../sign-in/passkeys.ts';
import { PEOPLE, personKey } from '../sign-in/people.ts';
import { changeSession, endSession, keyOf, type OpenSession, SESSIONS } from '../sign-in/session-records.ts';
import { isSetUpToken, takeSetUpToken } from '../sign-in/set-up-link.ts';
import { begin, demandPatience, missed, raise, signIn, takeCode } from '../sign-in/sign-in.ts';
import type { Asked, Handlers } from './asked.ts';
import { sessionAnswer } from './session-answer.ts';

const CHALLENGE_MILLISECONDS = 5 * 60_000;

type SignInRoutes =
  | 'GET /api/session'
  | 'POST /api/set-up'
  | 'POST /api/sign-in'
  | 'POST /api/sign-in/totp'
  | 'POST /api/sign-in/passkey/options'
  | 'POST /api/sign-in/passkey'
  | 'POST /api/sign-out'
  | 'GET /api/sessions'
  | 'DELETE /api/sessions/:id';

export const SESSION_HANDLERS: Handlers<SignInRoutes> = {
  'GET /api/session': ({ host, session, request, csrf }) => sessionAnswer(host, session, request, csrf()),

  async 'POST /api/set-up'(asked) {
    const { host, body, request } = asked;
    const { platform, account } = host;
    const now = platform.now();
    const waiting = [`set-up ${request.sourceIp}`];
    demandPatience(host.limiter.wait(waiting, now));
    if (!(await isSetUpToken(platform.store, body.token, now))) host.limiter.failed(waiting, now);
    demandPassword(body.password, undefined);
    await takeSetUpToken(platform.store, body.token, now);
    const made = await createFirstAdministrator(platform, account, body.name);
    await callIamAsRoot(host, request, 'CreateLoginProfile', {
      UserName: body.name,
      Password: body.password,
    });
    const user = await named(platform.store, users, account, body.name);
    if (!user) throw new Error('the first administrator is not there');
    if (body.person !== undefined) {
      const person = { account, person: body.person };
      await platform.store.transact({ operations: [put(PEOPLE, personKey(account, user.value.id), person)] });
    }
    const session = await signedIn(asked, await begin(host, user.value, request, 'signed-in', 'none'));
    const { accessKeyId, secretAccessKey } = made;
    return { session, account, accessKeyId, secretAccessKey };
  },

  async 'POST /api/sign-in'(asked) {
    const { host, body, request, session } = asked;
    const { account = host.account, name, password } = body;
    const cookie = await signIn(host, { account, name, password }, request);
    if (session) await endSession(host.platform.store, session.key);
    return signedIn(asked, cookie);
  },

  async 'POST /api/sign-in/totp'(asked) {
    const { host, body, request } = asked;
    const { session, principal } = await halfSignedIn(asked);
    if (!(await takeCode(host, principal, body.code))) return missed(host, session, request);
    return signedIn(asked, await raise(host, session, request, 'totp'));
  },

  async 'POST /api/sign-in/passkey/options'(asked) {
    const { host } = asked;
    const { session, principal } = await halfSignedIn(asked);
    const { options, challenge } = await authenticationOptions(host, principal);
    const until = host.platform.now().getTime() + CHALLENGE_MILLISECONDS;
    await changeSession(host.platform.store, session, {
      challenge: { value: challenge, use: 'sign-in', until },
    });
    return { options };
  },

  async 'POST /api/sign-in/passkey'(asked) {
    const { host, body, request } = asked;
    const actor = await halfSignedIn(asked);
    const challenge = challengeOf(actor.session, 'sign-in', host.platform.now());
    if (!(await takePasskey(host, actor, challenge, body.response)))
      return missed(host, actor.session, request);
    return signedIn(asked, await raise(host, actor.session, request, 'passkey'));
  },

  async 'POST /api/sign-out'(asked) {
    const { host, session, request } = asked;
    if (session) await endSession(host.platform.store, session.key);
    asked.setCookie(undefined);
    return sessionAnswer(host, undefined, request, asked.csrf());
  },

  async 'GET /api/sessions'(asked) {
    const { host } = asked;
    const { store } = host.platform;
    const actor = await asked.actor();
    const { account, id } = actor.principal;
    const environment = `environment/${host.workspace.view().environment}`;
    const all = await actor.asker.allows({ action: 'ManageSessions', resource: environment });
    const now = host.platform.now().getTime();
    const query = all
      ? { index: 'expiresAt', from: now, limit: MOST_SESSIONS }
      : { index: 'user', equals: `${account}/${id}`, limit: MOST_SESSIONS };
    const { records } = await store.list(SESSIONS, query);
    const items = records
      .filter(({ value }) => value.account === account && value.expiresAt > now)
      .map(({ key, value }) => ({
        id: value.id,
        user: value.userName,
        current: key === actor.session.key,
        since: new Date(value.since).toISOString(),
        lastSeen: new Date(value.lastSeen).toISOString(),
        expiresAt: new Date(value.expiresAt).toISOString(),
        address: value.address,
        agent: value.agent,
        mfa: value.mfa,
      }));
    return { items };
  },

  async 'DELETE /api/sessions/:id'(asked) {
    const { host, parts } = asked;
    const { store } = host.platform;
    const actor = await asked.actor();
    const { records } = await store.list(SESSIONS, { index: 'id', equals: parts.id, limit: 1 });
    const [record] = records;
    const { account, id } = actor.principal;
    const own = record?.value.account === account && record.value.userId === id;
    const environment = `environment/${host.workspace.view().environment}`;
    const may = own || (await actor.asker.allows({ action: 'ManageSessions', resource: environment }));
    if (!record || !may || record.value.account !== account) throw notThere(verbatim(parts.id));
    await endSession(store, record.key);
    return {};
  },
};

const MOST_SESSIONS = 500;

/** Whoever gave the password; the second factor may still be missing. @throws Refusal 401 */
async function halfSignedIn<Name extends RouteName>({ host, session }: Asked<Name>) {
  const actor = session && (await actorOf(host, session));
  if (actor) return actor;
  throw refuse(
    401,
    'signed-out',
    'sign in with name and password first',
    '先に名前とパスワードでサインインしてください',
  );
}

export function challengeOf({ value }: OpenSession, use: 'sign-in' | 'register', now: Date): string {
  const { challenge } = value;
  if (challenge?.use === use && challenge.until > now.getTime()) return challenge.value;
  throw refuse(
    409,
    'passkey-late',
    'ask for the options of the passkey again',
    'パスキーの操作をやり直してください',
  );
}

/** Hands out a cookie and tells what it stands for. */
async function signedIn<Name extends RouteName>(asked: Asked<Name>, cookie: string) {
  const { host, request } = asked;
  asked.setCookie(cookie);
  const session = await host.platform.store.get(SESSIONS, keyOf(cookie));
  return sessionAnswer(host, session, request, asked.csrf());
}
