import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';

/** New temporary credentials as every answer carries them. */
export async function credentialsFor(session: Session, { ports }: CallContext) {
  const made = await ports.credentials.mintSession(session);
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
