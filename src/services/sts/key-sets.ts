import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { awsError } from '../../platform/service.ts';
import { fetchJson } from './fetch-json.ts';
import { providerAddresses } from './issuer-address.ts';

/** The keys that an identity provider signs with, by their ids; a key without an id is under the empty one. */
export type KeySet = ReadonlyMap<string, KeyObject>;

/** Where to find a provider, and whom to believe that it is it. */
export interface Provider {
  /** The issuer without `https://`. */
  readonly host: string;
  readonly thumbprints: readonly string[];
  /** CIDR blocks where it may be, whatever these addresses are. */
  readonly networks?: readonly string[];
}

/** Gives the keys of providers; `fresh` asks the provider again, at most every half a minute. */
export interface KeySource {
  keysOf(provider: Provider, fresh?: boolean): Promise<KeySet>;
}

const KEPT_MILLISECONDS = 10 * 60_000;
const LEAST_MILLISECONDS = 30_000;
const MOST_PROVIDERS = 200;
const MOST_KEYS = 100;

/**
 * Keys as providers publish them (OpenID Connect Discovery 1.0, section 4; RFC 7517), kept for ten minutes.
 *
 * @param clock milliseconds that never go back.
 */
export function keySource(
  fetchDocument = fetchJson,
  clock: () => number = () => performance.now(),
): KeySource {
  const kept = new Map<string, Kept>();
  return {
    keysOf(provider, fresh = false) {
      const name = [provider.host, ...provider.thumbprints].join(' ');
      const before = kept.get(name);
      const life = fresh || before?.failed ? LEAST_MILLISECONDS : KEPT_MILLISECONDS;
      if (before !== undefined && clock() - before.at < life) return before.keys;
      if (kept.size >= MOST_PROVIDERS) kept.clear();
      const entry: Kept = { at: clock(), keys: readKeys(provider, fetchDocument), failed: false };
      entry.keys.catch(() => {
        entry.failed = true;
      });
      kept.set(name, entry);
      return entry.keys;
    },
  };
}

/** What was read of a provider, or that it could not be read: it is not asked again for each token. */
interface Kept {
  readonly at: number;
  readonly keys: Promise<KeySet>;
  failed: boolean;
}

async function readKeys(
  { host, thumbprints, networks = [] }: Provider,
  fetchDocument: typeof fetchJson,
): Promise<KeySet> {
  const { issuer, pointedTo } = providerAddresses(networks);
  const first = `https://${host}/.well-known/openid-configuration`;
  try {
    const discovery = await fetchDocument(first, thumbprints, issuer);
    const place = memberOf(discovery, 'jwks_uri');
    if (typeof place !== 'string') throw new Error('no jwks_uri');
    const keys = memberOf(await fetchDocument(place, thumbprints, pointedTo), 'keys');
    if (!Array.isArray(keys)) throw new Error('no keys');
    return new Map(keys.slice(0, MOST_KEYS).flatMap((key) => readKey(key)));
  } catch {
    throw awsError(
      'IDPCommunicationError',
      "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
    );
  }
}

function memberOf(document: unknown, name: string): unknown {
  return typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined;
}

/** Keys of a kind that is not known, or for encryption, are passed over. */
function readKey(key: unknown): readonly (readonly [string, KeyObject])[] {
  if (memberOf(key, 'use') === 'enc') return [];
  try {
    const kid = memberOf(key, 'kid');
    const object = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return [[typeof kid === 'string' ? kid : '', object]];
  } catch {
    return [];
  }
}
