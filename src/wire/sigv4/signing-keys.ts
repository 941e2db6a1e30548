import { createECDH, createHmac, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { type MacKey, macKey } from './mac-key.ts';

/** Derived keys are kept: making a key object costs more than a signature. */
const MOST_KEPT = 4_096;
const MOST_PER_SECRET = 32;
const symmetric = new Map<string, DerivedKey[]>();
const asymmetric = new Map<string, KeyObject>();
let symmetricKept = 0;

interface DerivedKey {
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly key: MacKey;
}

/**
 * The key of one day, region and service. Source: AWS IAM User Guide, "Create a signed AWS API request", step 3.
 */
export function signingKey(secret: string, day: string, region: string, service: string): MacKey {
  const ofSecret = symmetric.get(secret) ?? [];
  for (const known of ofSecret) {
    if (known.day === day && known.region === region && known.service === service) return known.key;
  }
  const dayKey = hmac(`AWS4${secret}`, day);
  const key = macKey(hmac(hmac(hmac(dayKey, region), service), 'aws4_request'));
  keep(secret, ofSecret, { day, region, service, key });
  return key;
}

function keep(secret: string, ofSecret: readonly DerivedKey[], derived: DerivedKey): void {
  if (symmetricKept >= MOST_KEPT) {
    symmetric.clear();
    symmetricKept = 0;
  }
  // The oldest is that of another day, or one of many regions that a client tries.
  symmetric.set(secret, [derived, ...ofSecret].slice(0, MOST_PER_SECRET));
  symmetricKept += 1;
}

/**
 * The public key that Signature Version 4A verifies with: a P-256 key derived from the secret by a counter
 * KDF (NIST SP 800-108). Source: AWS IAM User Guide, "AWS Signature Version 4 for API requests" (SigV4a).
 */
export function asymmetricKey(accessKeyId: string, secret: string): KeyObject {
  const name = `${accessKeyId}\n${secret}`;
  const before = asymmetric.get(name);
  if (before) return before;
  if (asymmetric.size >= MOST_KEPT) asymmetric.clear();
  const made = publicKeyOf(privateScalar(accessKeyId, secret));
  asymmetric.set(name, made);
  return made;
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const LABEL = 'AWS4-ECDSA-P256-SHA256';

/** The private scalar, 32 bytes. */
export function privateScalar(accessKeyId: string, secret: string): Buffer {
  for (let counter = 1; counter < 255; counter += 1) {
    const fixed = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from(LABEL),
      Buffer.from([0]),
      Buffer.from(accessKeyId),
      Buffer.from([counter, 0, 0, 1, 0]),
    ]);
    const candidate = BigInt(`0x${hmac(`AWS4A${secret}`, fixed).toString('hex')}`);
    if (candidate <= ORDER - 2n) return Buffer.from((candidate + 1n).toString(16).padStart(64, '0'), 'hex');
  }
  throw new Error('no key can be derived');
}

function publicKeyOf(scalar: Buffer): KeyObject {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(scalar);
  const point = curve.getPublicKey();
  return createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33, 65).toString('base64url'),
    },
  });
}

/** The hash of some bytes as lower-case hexadecimal digits. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** HMAC-SHA256. */
export function hmac(key: string | Buffer, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
