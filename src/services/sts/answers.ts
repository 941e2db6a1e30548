import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { packedPolicyTooLarge } from './errors.ts';

/**
 * New temporary credentials as every answer carries them.
 *
 * @throws AwsError PackedPolicyTooLarge for a session of which the token would be too long to be taken back.
 */
export async function credentialsFor(session: Session, { ports }: CallContext) {
  const made = await ports.credentials.mintSession(session);
  if ((await ports.credentials.openSession(made.sessionToken)) === undefined) throw packedPolicyTooLarge(101);
  return {
    AccessKeyId: made.accessKeyId,
    SecretAccessKey: made.secretAccessKey,
    SessionToken: made.sessionToken,
    Expiration: made.expiration,
  };
}

/** Issue and expiry of a session, in whole seconds. */
export function lifeOf(now: Date, seconds: number): Pick<Session, 'issuedAt' | 'expiresAt'> {
  const issuedAt = Math.floor(now.getTime() / 1000) * 1000;
  return { issuedAt, expiresAt: issuedAt + seconds * 1000 };
}
