import type { SignatureClaim } from '../wire/sigv4/claim.ts';
import type { SignedRequest } from '../wire/sigv4/signed-request.ts';
import type { Refusal } from '../wire/sigv4/verify.ts';
import { checkClaim, type SigningCredentials, verifyClaim } from '../wire/sigv4/verify.ts';
import { accountOfKey } from './access-key-ids.ts';
import type { Caller } from './caller.ts';
import type { IdentitySource } from './identity.ts';
import type { LoadedService } from './loaded-service.ts';
import type { Platform } from './platform.ts';
import type { OpenedSession } from './sessions.ts';
import { callerOfKey, callerOfSession } from './sign-in.ts';

export type Authentication =
  | { readonly caller: Caller; readonly body: Uint8Array }
  | { readonly refusal: Refusal | 'no-identity' | 'token-expired' };

/**
 * Finds out who signed a request and whether the signature holds. Permissions in force are confirmed here,
 * so that also the existence of keys and principals is.
 *
 * @throws AwsError 503 when they cannot be confirmed.
 */
export async function authenticate(
  platform: Platform,
  service: LoadedService,
  request: SignedRequest,
  read: SignatureClaim | 'missing' | 'malformed',
  now: Date,
): Promise<Authentication> {
  if (typeof read === 'string') return { refusal: read };
  const claim = checkClaim(request, read, {
    service: service.signingName,
    pathStyle: service.pathStyle,
    now: now.getTime(),
    skewMilliseconds: service.errors.skewMilliseconds,
  });
  if (typeof claim === 'string') return { refusal: claim };
  const { identity } = await platform.ports();
  const held = await credentialsOf(platform, identity, claim);
  if (held === undefined) return { refusal: 'unknown-key' };
  const verified = verifyClaim(request, claim, held.credentials, service.pathStyle);
  if (!verified.verified) return { refusal: verified.refusal };
  if (held.session && held.session.expiresAt <= now.getTime()) return { refusal: 'token-expired' };
  const caller = await held.caller();
  return caller ? { caller, body: verified.body } : { refusal: 'no-identity' };
}

interface HeldCredentials {
  readonly credentials: SigningCredentials;
  readonly session: OpenedSession | undefined;
  caller(): Promise<Caller | undefined>;
}

async function credentialsOf(
  platform: Platform,
  identity: IdentitySource,
  claim: SignatureClaim,
): Promise<HeldCredentials | undefined> {
  const { sessionToken, accessKeyId } = claim;
  if (sessionToken !== undefined) {
    const session = platform.sessions.open(sessionToken);
    if (!session || session.accessKeyId !== accessKeyId) return undefined;
    return {
      credentials: { secret: session.secret, sessionToken },
      session,
      caller: () => callerOfSession(session, identity),
    };
  }
  // A key that is none of ours is recognised by its form.
  const key = accountOfKey(accessKeyId) === undefined ? undefined : await identity.accessKey(accessKeyId);
  if (!key?.active) return undefined;
  return {
    credentials: { secret: key.secret },
    session: undefined,
    caller: () => callerOfKey(key, identity),
  };
}
