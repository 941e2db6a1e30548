import { randomBytes } from 'node:crypto';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { text } from '../../kernel/texts.ts';
import { mfaDevices, users } from '../../services/iam/collections.ts';
import { byId, save } from '../../services/iam/find.ts';
import { QUOTAS } from '../../services/iam/quotas.ts';
import { put, remove } from '../../store/operations.ts';
import type { StoredRecord } from '../../store/store.ts';
import { sshSignature } from '../decisions/ssh-passkey.ts';
import { type ConsoleHost, rpIdOf } from '../host.ts';
import { notThere, refuse } from '../http/problem.ts';
import type { Actor } from './actor.ts';
import { PASSKEYS, type PasskeyRecord, passkeysOf } from './passkey-records.ts';

/** ECDSA on P-256 with SHA-256: what OpenSSH can verify. */
const ES256 = -7;
const CHALLENGE_BYTES = 32;

type RegistrationResponse = Parameters<typeof verifyRegistrationResponse>[0]['response'];
type AuthenticationResponse = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

/** A response as the browser gave it; the library checks its form. */
export interface PasskeyResponse {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** What the browser needs to make a passkey, with the challenge to be kept. */
export async function registrationOptions(host: ConsoleHost, actor: Actor) {
  const { account, id, name } = actor.principal;
  const known = await passkeysOf(host.platform.store, account, id);
  const options = await generateRegistrationOptions({
    rpName: 'Honmaru',
    rpID: rpIdOf(host),
    userName: name,
    userID: new TextEncoder().encode(id),
    userDisplayName: name,
    challenge: new Uint8Array(randomBytes(CHALLENGE_BYTES)),
    attestationType: 'none',
    supportedAlgorithmIDs: [ES256],
    excludeCredentials: known.map(({ key }) => ({ id: key })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
  return { options: { ...options }, challenge: options.challenge };
}

/**
 * Registers a passkey as an MFA device of the user.
 *
 * @throws Refusal 400 when it does not fit the challenge or is of another kind, 409 when there are too many.
 */
export async function registerPasskey(
  host: ConsoleHost,
  actor: Actor,
  challenge: string,
  name: string,
  response: PasskeyResponse,
): Promise<void> {
  const { store } = host.platform;
  const verified = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponse,
    expectedChallenge: challenge,
    expectedOrigin: host.origin.origin,
    expectedRPID: rpIdOf(host),
    requireUserVerification: false,
    supportedAlgorithmIDs: [ES256],
  }).catch((error: Error) => ({ verified: false, why: error.message }) as const);
  if (!verified.verified || !('registrationInfo' in verified) || !verified.registrationInfo) throw unfit();
  const { credential } = verified.registrationInfo;
  const { x, y } = pointOf(credential.publicKey);
  const { account, id: userId, name: userName } = actor.principal;
  const now = host.platform.now().getTime();
  const user = await byId(store, users, userId);
  if (!user) throw unfit();
  if (user.value.mfaDevices.length >= QUOTAS.MFADevicesPerUser) {
    throw refuse(
      409,
      'mfa-quota',
      'this user has as many MFA devices as are allowed',
      'MFAデバイスが上限に達しています',
    );
  }
  const serial = serialOf(account, userName, credential.id);
  const record: PasskeyRecord = {
    account,
    userId,
    userName,
    name,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    x,
    y,
    rpId: rpIdOf(host),
    counter: credential.counter,
    transports: credential.transports ?? [],
    createdAt: now,
  };
  const device = {
    account,
    serial,
    name,
    path: '/',
    tags: [],
    createdAt: now,
    drift: 0,
    lastStep: 0,
    userId,
    enabledAt: now,
  };
  await store.transact({
    operations: [
      put(PASSKEYS, credential.id, record, 'absent'),
      put(mfaDevices, serial, { ...device, kind: 'fido' }, 'absent'),
      save(users, user, { mfaDevices: [...user.value.mfaDevices, serial] }),
    ],
  });
}

/** Source: IAM User Guide, "IAM identifiers": the serial of a security key names its user. */
function serialOf(account: string, userName: string, credential: string): string {
  return `arn:aws:iam::${account}:u2f/user/${userName}/${credential.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 24)}`;
}

/** Removes a passkey; what it signed can still be verified. @throws Refusal 404 */
export async function removePasskey(host: ConsoleHost, actor: Actor, credential: string): Promise<void> {
  const { store } = host.platform;
  const record = await ownPasskey(host, actor, credential);
  if (!record) throw notThere(text('this passkey', 'このパスキー'));
  const serial = serialOf(record.value.account, record.value.userName, credential);
  const user = await byId(store, users, actor.principal.id);
  await store.transact({
    operations: [
      put(
        PASSKEYS,
        credential,
        { ...record.value, removedAt: host.platform.now().getTime() },
        record.version,
      ),
      remove(mfaDevices, serial),
      ...(user
        ? [save(users, user, { mfaDevices: user.value.mfaDevices.filter((each) => each !== serial) })]
        : []),
    ],
  });
}

/** The usable passkeys of a user: those whose MFA device nobody deactivated. */
export async function usablePasskeys(
  host: ConsoleHost,
  { account, id }: { readonly account: string; readonly id: string },
): Promise<readonly StoredRecord<PasskeyRecord>[]> {
  const { store } = host.platform;
  const serials = new Set((await byId(store, users, id))?.value.mfaDevices);
  const own = await passkeysOf(store, account, id);
  return own.filter(({ key, value }) => serials.has(serialOf(account, value.userName, key)));
}

async function ownPasskey(
  host: ConsoleHost,
  { principal }: Pick<Actor, 'principal'>,
  credential: string,
): Promise<StoredRecord<PasskeyRecord> | undefined> {
  return (await usablePasskeys(host, principal)).find(({ key }) => key === credential);
}

/** What the browser needs to use one of the user's passkeys over a challenge of ours. */
export async function authenticationOptions(
  host: ConsoleHost,
  principal: { readonly account: string; readonly id: string },
  challenge: Uint8Array = randomBytes(CHALLENGE_BYTES),
) {
  const known = await usablePasskeys(host, principal);
  const options = await generateAuthenticationOptions({
    rpID: rpIdOf(host),
    challenge: new Uint8Array(challenge),
    allowCredentials: known.map(({ key }) => ({ id: key })),
    userVerification: 'preferred',
  });
  return { options: { ...options }, challenge: options.challenge };
}

/** Whether a response is of one of the user's passkeys over the challenge; the passkey moves on then. */
export async function takePasskey(
  host: ConsoleHost,
  actor: Pick<Actor, 'principal'>,
  challenge: string,
  response: PasskeyResponse,
): Promise<StoredRecord<PasskeyRecord> | undefined> {
  const record = await ownPasskey(host, actor, response.id);
  if (!record) return undefined;
  const { publicKey, counter } = record.value;
  const outcome = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponse,
    expectedChallenge: challenge,
    expectedOrigin: host.origin.origin,
    expectedRPID: rpIdOf(host),
    credential: { id: record.key, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
    requireUserVerification: false,
  }).catch(() => undefined);
  if (!outcome?.verified) return undefined;
  const moved = { ...record.value, counter: outcome.authenticationInfo.newCounter };
  await host.platform.store.transact({ operations: [put(PASSKEYS, record.key, moved, record.version)] });
  return record;
}

/** The response of a passkey as an SSH signature that anybody can verify. @throws RangeError */
export function signatureOf(
  host: ConsoleHost,
  { value }: StoredRecord<PasskeyRecord>,
  response: PasskeyResponse,
): string {
  const parts = response.response as Readonly<Record<string, string>>;
  const bytes = (name: string) => Buffer.from(parts[name] ?? '', 'base64url');
  const key = { x: Buffer.from(value.x, 'base64url'), y: Buffer.from(value.y, 'base64url') };
  return sshSignature(key, value.rpId, host.origin.origin, {
    authenticatorData: bytes('authenticatorData'),
    clientData: bytes('clientDataJSON'),
    signature: bytes('signature'),
  });
}

/** The point of a COSE key (RFC 9053, section 7.1.1). @throws Refusal when it is of another kind. */
function pointOf(publicKey: Uint8Array): { readonly x: string; readonly y: string } {
  const key = decodeCredentialPublicKey(new Uint8Array(publicKey)) as unknown as ReadonlyMap<number, unknown>;
  const [x, y] = [key.get(-2), key.get(-3)];
  if (key.get(3) !== ES256 || !(x instanceof Uint8Array) || !(y instanceof Uint8Array)) throw unfit();
  if (x.length !== 32 || y.length !== 32) throw unfit();
  return { x: Buffer.from(x).toString('base64url'), y: Buffer.from(y).toString('base64url') };
}

function unfit() {
  return refuse(
    400,
    'passkey-unfit',
    'the passkey does not fit what was asked for; it must use ECDSA on P-256',
    'パスキーが要求と一致しません(P-256のECDSAが必要です)',
    'response',
  );
}
