import type { SignatureClaim } from '../wire/sigv4/claim.ts';
import type { SignedRequest } from '../wire/sigv4/signed-request.ts';
import type { Refusal } from '../wire/sigv4/verify.ts';
import { checkClaim, type SigningCredentials, verifyClaim } from '../wire/sigv4/verify.ts';
import { accountOfKey } from './access-key-ids.ts';
import type { Caller } from './caller.ts';
import type { IdentitySource } from './identity.ts';
import type { LoadedService } from './loaded-service.ts';
import type { Platform } from './platform.ts';
import type { Ports } from './ports.ts';
import type { OpenedSession } from './sessions.ts';
import { callerOfKey, callerOfSession } from './sign-in.ts';

export type Authentication =
  | { readonly caller: Caller; readonly ports: Ports; readonly body: Uint8Array }
  | { readonly refusal: Refusal | 'no-identity' | 'token-expired' };

/**
 * Finds out who signed a request and whether the signature holds. Permissions in force are confirmed here,
 * so that also the existence of keys and principals is. Whoever was met before is recognised at once.
 *
 * @throws AwsError 503 when they cannot be confirmed.
 */
export function authenticate(
  platform: Platform,
  service: LoadedService,
  request: SignedRequest,
  read: SignatureClaim | 'missing' | 'malformed',
  now: Date,
): Authentication | Promise<Authentication> {
  if (typeof read === 'string') return { refusal: read };
  const claim = checkClaim(request, read, {
    service: service.signingName,
    pathStyle: service.pathStyle,
    now: now.getTime(),
    skewMilliseconds: service.errors.skewMilliseconds,
  });
  if (typeof claim === 'string') return { refusal: claim };
  const ports = platform.portsAtHand();
  const known = ports && knownSigner(ports, claim);
  if (!ports || !known) return lookUp(platform, service, request, claim, now);
  const verified = verifyClaim(request, claim, known.credentials, service.pathStyle);
  if (!verified.verified) return { refusal: verified.refusal };
  return { caller: known.caller, ports, body: verified.body };
}

/** Asks who signed, of somebody who was not met under the identities in force. */
async function lookUp(
  platform: Platform,
  service: LoadedService,
  request: SignedRequest,
  claim: SignatureClaim,
  now: Date,
): Promise<Authentication> {
  const ports = await platform.ports();
  const held = await credentialsOf(platform, ports.identity, claim);
  if (held === undefined) return { refusal: 'unknown-key' };
  const verified = verifyClaim(request, claim, held.credentials, service.pathStyle);
  if (!verified.verified) return { refusal: verified.refusal };
  if (held.session && held.session.expiresAt <= now.getTime()) return { refusal: 'token-expired' };
  const caller = await held.caller();
  if (!caller) return { refusal: 'no-identity' };
  if (!held.session) remember(ports, claim.accessKeyId, { credentials: held.credentials, caller });
  return { caller, ports, body: verified.body };
}

interface Signer {
  readonly credentials: SigningCredentials;
  readonly caller: Caller;
}

/** Who signs with which long-term key, as of one version of the identities: the ports of the next are others. */
const signers = new WeakMap<Ports, Map<string, Signer>>();
const MOST_SIGNERS = 10_000;

function knownSigner(ports: Ports, { accessKeyId, sessionToken }: SignatureClaim): Signer | undefined {
  return sessionToken === undefined ? signers.get(ports)?.get(accessKeyId) : undefined;
}

function remember(ports: Ports, accessKeyId: string, signer: Signer): void {
  let ofPorts = signers.get(ports);
  if (!ofPorts || ofPorts.size >= MOST_SIGNERS) {
    ofPorts = new Map();
    signers.set(ports, ofPorts);
  }
  ofPorts.set(accessKeyId, signer);
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
