import { createPublicKey } from 'node:crypto';
import type { IncomingRequest } from '../wire/http/incoming.ts';
import type { WireResponse } from '../wire/message.ts';
import type { TokenIssuer } from './identity.ts';
import type { Platform } from './platform.ts';

const PLACE = /^\/oidc\/(\d{12})\/\.well-known\/(openid-configuration|jwks\.json)$/;
const CACHED_SECONDS = 300;

/** Where the issuer of an account is found below the endpoint. */
export function issuerPath(account: string): string {
  return `/oidc/${account}`;
}

/**
 * What an account publishes, so that others can check its identity tokens; undefined for every other request.
 * Source: OpenID Connect Discovery 1.0, sections 3 and 4; RFC 7517.
 */
export function issuerDocument(
  platform: Pick<Platform, 'ports'>,
  { wire }: IncomingRequest,
  requestId: string,
): Promise<WireResponse> | undefined {
  if (wire.method !== 'GET' || !wire.path.startsWith('/oidc/')) return undefined;
  const [, account, name] = PLACE.exec(wire.path) ?? [];
  return account === undefined ? undefined : documentOf(platform, account, name ?? '', requestId);
}

async function documentOf(
  platform: Pick<Platform, 'ports'>,
  account: string,
  name: string,
  requestId: string,
): Promise<WireResponse> {
  const issuer = await platform.ports().then(
    ({ identity }) => identity.tokenIssuer?.(account),
    () => 'unknown' as const,
  );
  if (issuer === 'unknown') return answer(503, { message: 'Ask again.' }, requestId);
  if (issuer === undefined) return answer(404, { message: 'There is no such issuer.' }, requestId);
  return answer(200, name === 'jwks.json' ? keySet(issuer) : configuration(issuer), requestId);
}

function answer(status: number, document: object, requestId: string): WireResponse {
  const cache = status === 200 ? `public, max-age=${CACHED_SECONDS}` : 'no-store';
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': cache, 'x-amzn-requestid': requestId },
    body: JSON.stringify(document),
  };
}

function configuration({ issuer, keys }: TokenIssuer): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: keys.map(({ algorithm }) => algorithm),
  };
}

const keySets = new WeakMap<TokenIssuer, object>();

function keySet(issuer: TokenIssuer): object {
  const before = keySets.get(issuer);
  if (before) return before;
  const keys = issuer.keys.map(({ id, algorithm, privateKey }) => ({
    ...createPublicKey(privateKey).export({ format: 'jwk' }),
    kid: id,
    alg: algorithm,
    use: 'sig',
  }));
  keySets.set(issuer, { keys });
  return { keys };
}
