import { samePerson } from '../../decisions/person.ts';
import { text } from '../../kernel/texts.ts';
import { groups, mfaDevices, users } from '../../services/iam/collections.ts';
import { eachOf, named } from '../../services/iam/find.ts';
import { put } from '../../store/operations.ts';
import type { Answer, RouteName } from '../contract.ts';
import type { ConsoleHost } from '../host.ts';
import { notThere, refuse } from '../http/problem.ts';
import { selfCaller, shownUser } from '../sign-in/actor.ts';
import { auditAction } from '../sign-in/audit.ts';
import { callIam } from '../sign-in/iam-calls.ts';
import { passkeysOf } from '../sign-in/passkey-records.ts';
import { registerPasskey, registrationOptions, removePasskey, usablePasskeys } from '../sign-in/passkeys.ts';
import { everyPerson, PEOPLE, personKey } from '../sign-in/people.ts';
import { changeSession, endOtherSessions } from '../sign-in/session-records.ts';
import type { Asked, Handlers } from './asked.ts';
import { challengeOf } from './session.ts';

type MyRoutes =
  | 'GET /api/me'
  | 'POST /api/me/password'
  | 'POST /api/me/totp'
  | 'POST /api/me/totp/confirm'
  | 'POST /api/me/passkeys/options'
  | 'POST /api/me/passkeys'
  | 'DELETE /api/me/passkeys/:id'
  | 'GET /api/people'
  | 'PUT /api/people/:user';

const CHALLENGE_MILLISECONDS = 5 * 60_000;

export const MY_HANDLERS: Handlers<MyRoutes> = {
  'GET /api/me': accountAnswer,

  async 'POST /api/me/password'(asked) {
    const { before, after } = asked.body;
    await iam(asked, 'ChangePassword', { OldPassword: before, NewPassword: after });
    const { session } = await asked.actor();
    await endOtherSessions(asked.host.platform.store, session);
    return {};
  },

  async 'POST /api/me/totp'(asked) {
    const { principal } = await asked.actor();
    const name = `${principal.name}-${asked.host.platform.now().getTime().toString(36)}`;
    const output = await iam(asked, 'CreateVirtualMFADevice', { VirtualMFADeviceName: name });
    const device = output.VirtualMFADevice as {
      readonly SerialNumber: string;
      readonly Base32StringSeed: Uint8Array;
      readonly QRCodePNG: Uint8Array;
    };
    const secret = Buffer.from(device.Base32StringSeed).toString();
    const label = encodeURIComponent(`${principal.name}@${principal.account}`);
    return {
      serial: device.SerialNumber,
      secret,
      uri: `otpauth://totp/Honmaru:${label}?secret=${secret}&issuer=Honmaru`,
      qr: `data:image/png;base64,${Buffer.from(device.QRCodePNG).toString('base64')}`,
    };
  },

  async 'POST /api/me/totp/confirm'(asked) {
    const { principal } = await asked.actor();
    const { serial, first, second } = asked.body;
    await iam(asked, 'EnableMFADevice', {
      UserName: principal.name,
      SerialNumber: serial,
      AuthenticationCode1: first,
      AuthenticationCode2: second,
    });
    return accountAnswer(asked);
  },

  async 'POST /api/me/passkeys/options'(asked) {
    const { host } = asked;
    const actor = await asked.actor();
    await demandSelf(asked);
    const { options, challenge } = await registrationOptions(host, actor);
    const until = host.platform.now().getTime() + CHALLENGE_MILLISECONDS;
    await changeSession(host.platform.store, actor.session, {
      challenge: { value: challenge, use: 'register', until },
    });
    return { options };
  },

  async 'POST /api/me/passkeys'(asked) {
    const { host, body, request } = asked;
    const actor = await asked.actor();
    await demandSelf(asked);
    const challenge = challengeOf(actor.session, 'register', host.platform.now());
    await registerPasskey(host, actor, challenge, body.name, body.response);
    await auditAction(host, actor.caller, request, 'RegisterPasskey', { name: body.name });
    return accountAnswer(asked);
  },

  async 'DELETE /api/me/passkeys/:id'(asked) {
    const { host, parts, request } = asked;
    const actor = await asked.actor();
    // Whoever steals a session without its second factor must not remove the factor.
    if (actor.session.value.mfa === 'none') throw secondFactorNeeded();
    await removePasskey(host, actor, parts.id);
    await auditAction(host, actor.caller, request, 'RemovePasskey', { credential: parts.id });
    return accountAnswer(asked);
  },

  'GET /api/people': (asked) => peopleAnswer(asked.host),

  async 'PUT /api/people/:user'(asked) {
    const { host, parts, body, request } = asked;
    const actor = await asked.actor();
    if (actor.session.value.mfa === 'none') throw secondFactorNeeded();
    const { store } = host.platform;
    const user = await named(store, users, actor.principal.account, parts.user);
    if (!user) throw notThere(text(`the user ${parts.user}`, `利用者 ${parts.user} `));
    const { account, id } = user.value;
    await store.transact({
      operations: [put(PEOPLE, personKey(account, id), { account, person: body.person })],
    });
    await auditAction(host, actor.caller, request, 'NamePerson', {
      userName: user.value.name,
      person: body.person,
    });
    await host.workspace.refresh([]);
    return peopleAnswer(host);
  },
};

export function secondFactorNeeded() {
  return refuse(
    403,
    'mfa-needed',
    'this needs a second factor in this session: give a code or a passkey first',
    'この操作には多要素認証が必要です。先にコードまたはパスキーを入力してください',
  );
}

async function iam<Name extends RouteName>(asked: Asked<Name>, operation: string, input: object) {
  const actor = await asked.actor();
  return callIam(asked.host, await selfCaller(asked.host, actor), asked.request, operation, input);
}

/**
 * A user who has a second factor registers another one only in a session that began with one; else a stolen password
 * would be enough to add a factor of the thief's.
 */
async function demandSelf<Name extends RouteName>(asked: Asked<Name>): Promise<void> {
  const { host } = asked;
  const actor = await asked.actor();
  const user = await host.platform.store.get(users, actor.principal.id);
  if (!user || actor.principal.kind !== 'user') {
    throw refuse(
      403,
      'no-user',
      'only an IAM user has passkeys',
      'パスキーを登録できるのはIAMユーザーだけです',
    );
  }
  if (actor.session.value.mfa === 'none' && user.value.mfaDevices.length > 0) throw secondFactorNeeded();
}

async function accountAnswer<Name extends RouteName>(asked: Asked<Name>): Promise<Answer<'GET /api/me'>> {
  const { host } = asked;
  const { store } = host.platform;
  const actor = await asked.actor();
  const { account, id } = actor.principal;
  const user = await store.get(users, id);
  const codes = await eachOf(store, mfaDevices, user?.value.mfaDevices ?? []);
  const passkeys = await usablePasskeys(host, { account, id });
  const memberships = await eachOf(store, groups, user?.value.groups ?? []);
  return {
    user: await shownUser(host, actor, actor.asker),
    devices: [
      ...codes
        .filter(({ value }) => value.kind === 'virtual')
        .map(({ key, value }) => ({
          kind: 'totp' as const,
          id: key,
          name: value.name,
          since: new Date(value.enabledAt ?? value.createdAt).toISOString(),
        })),
      ...passkeys.map(({ key, value }) => ({
        kind: 'passkey' as const,
        id: key,
        name: value.name,
        since: new Date(value.createdAt).toISOString(),
      })),
    ],
    groups: memberships.map(({ value }) => value.name),
    policies: [
      ...(user?.value.attached ?? []),
      ...(user?.value.inline ?? []).map(({ name }) => name),
      ...memberships.flatMap(({ value }) => value.attached),
    ],
  };
}

async function peopleAnswer(host: ConsoleHost): Promise<Answer<'GET /api/people'>> {
  const { store } = host.platform;
  const { owner } = host.workspace.view().roots;
  const people = await everyPerson(store, host.account);
  const items = await Promise.all(
    people.map(async ({ id, user, person }) => ({
      user,
      person,
      owner: owner !== undefined && samePerson(owner, person),
      passkeys: (await passkeysOf(store, host.account, id)).length,
    })),
  );
  const nobody = owner !== undefined && items.every((each) => !each.owner);
  return {
    items,
    ...(owner !== undefined && { owner }),
    ...(nobody && {
      note: text(
        `no user acts as the owner ${owner} yet: nobody can decide here`,
        `「${owner}」(事業責任者)として操作する利用者がまだいないため、ここでは誰も決定できません`,
      ),
    }),
  };
}
