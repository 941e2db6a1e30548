import { type KeyObject, verify } from 'node:crypto';
import { awsError } from '../../platform/service.ts';
import type { KeySet } from './key-sets.ts';

/** What a token says before anybody believes it. */
export interface UnverifiedToken {
  readonly issuer: string;
  readonly keyId: string;
  readonly algorithm: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The signed part and the signature. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Digest of each algorithm (RFC 7518, section 3.1); symmetric ones and `none` are not taken. */
const DIGESTS: Readonly<Record<string, readonly [kind: 'rsa' | 'ec', digest: string]>> = {
  RS256: ['rsa', 'sha256'],
  RS384: ['rsa', 'sha384'],
  RS512: ['rsa', 'sha512'],
  ES256: ['ec', 'sha256'],
  ES384: ['ec', 'sha384'],
  ES512: ['ec', 'sha512'],
};
/** How far the clocks of a provider and ours may differ. */
const SKEW_SECONDS = 300;

function invalidToken(message: string) {
  return awsError('InvalidIdentityToken', message);
}

/** Takes a JSON Web Token apart (RFC 7519). @throws AwsError InvalidIdentityToken. */
export function readToken(token: string): UnverifiedToken {
  const [head, body, signature, more] = token.split('.');
  const header = decoded(head);
  const claims = decoded(body);
  if (header === undefined || claims === undefined || !signature || more !== undefined) {
    throw invalidToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  const { alg, kid, crit } = header;
  const { iss } = claims;
  if (
    // Extensions that must be understood are not (RFC 7515, section 4.1.11).
    crit !== undefined ||
    typeof iss !== 'string' ||
    !iss.startsWith('https://') ||
    typeof alg !== 'string' ||
    !Object.hasOwn(DIGESTS, alg)
  ) {
    throw invalidToken('Missing a required claim: iss, or a signature algorithm that is not supported');
  }
  return {
    issuer: iss.slice('https://'.length).replace(/\/$/, ''),
    keyId: typeof kid === 'string' ? kid : '',
    algorithm: alg,
    claims,
    signed: Buffer.from(`${head}.${body}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function decoded(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether one of the keys made the signature; a token without a key id may be by any of them. */
export function isSigned(token: UnverifiedToken, keys: KeySet): boolean {
  const [kind, digest] = DIGESTS[token.algorithm] ?? [];
  const candidates = token.keyId === '' ? [...keys.values()] : [keys.get(token.keyId)];
  return candidates.some(
    (key) => key !== undefined && key.asymmetricKeyType === kind && checks(key, digest, token),
  );
}

function checks(key: KeyObject, digest: string | undefined, { signed, signature }: UnverifiedToken): boolean {
  return verify(digest, signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** @throws AwsError ExpiredTokenException, InvalidIdentityToken for a token of another time or for somebody else. */
export function demandValid({ claims }: UnverifiedToken, clientIds: readonly string[], now: Date): void {
  const seconds = now.getTime() / 1000;
  const { exp, nbf, iat, sub } = claims;
  if (typeof exp !== 'number' || typeof sub !== 'string')
    throw invalidToken('Missing a required claim: exp, sub');
  if (seconds > exp + SKEW_SECONDS) {
    throw awsError(
      'ExpiredTokenException',
      `Token expired: current date/time ${Math.floor(seconds)} must be before the expiration date/time ${exp}`,
    );
  }
  const begin = typeof nbf === 'number' ? nbf : typeof iat === 'number' ? iat : 0;
  if (seconds < begin - SKEW_SECONDS) throw invalidToken('The ID Token provided is not valid yet.');
  if (!audiencesOf(claims).some((audience) => clientIds.includes(audience))) {
    throw invalidToken('Incorrect token audience');
  }
}

/** Whom a token is for: the authorised party where it says one (OpenID Connect Core 1.0, section 2). */
export function audiencesOf({ aud, azp }: Readonly<Record<string, unknown>>): readonly string[] {
  if (typeof azp === 'string') return [azp];
  return (Array.isArray(aud) ? aud : [aud]).filter((each) => typeof each === 'string');
}
