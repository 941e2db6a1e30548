import type { KeyObject } from 'node:crypto';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';

const SCHEMES = { 'ml-dsa-44': ml_dsa44, 'ml-dsa-65': ml_dsa65, 'ml-dsa-87': ml_dsa87 } as const;

/**
 * ML-DSA over a message representative µ that the caller computed (FIPS 204, algorithm 7, "external µ"); Node.js
 * only signs messages. For this the seed leaves its KeyObject while it lasts.
 */
export function signMu(key: KeyObject, mu: Buffer): Buffer {
  const { priv = '' } = key.export({ format: 'jwk' }) as { readonly priv?: string };
  const seed = new Uint8Array(Buffer.from(priv, 'base64url'));
  const { secretKey } = schemeOf(key).keygen(seed);
  const signature = schemeOf(key).internal.sign(new Uint8Array(mu), secretKey, { externalMu: true });
  seed.fill(0);
  secretKey.fill(0);
  return Buffer.from(signature);
}

export function verifyMu(key: KeyObject, mu: Buffer, signature: Buffer): boolean {
  const { pub = '' } = key.export({ format: 'jwk' }) as { readonly pub?: string };
  const point = new Uint8Array(Buffer.from(pub, 'base64url'));
  try {
    return schemeOf(key).internal.verify(new Uint8Array(signature), new Uint8Array(mu), point, {
      externalMu: true,
    });
  } catch {
    return false;
  }
}

function schemeOf(key: KeyObject): (typeof SCHEMES)[keyof typeof SCHEMES] {
  const type = String(key.asymmetricKeyType);
  if (Object.hasOwn(SCHEMES, type)) return SCHEMES[type as keyof typeof SCHEMES];
  throw new Error('no ML-DSA key');
}
