import { createECDH, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

const CURVES = { prime256v1: p256, secp384r1: p384, secp521r1: p521, secp256k1 } as const;
type CurveName = keyof typeof CURVES;

/**
 * ECDSA over a digest that the caller made: Node.js can only sign messages, and would hash the digest again.
 * OpenSSL computes k·G, in constant time; the arithmetic modulo the group's order is that of `@noble/curves` on
 * numbers that are blinded by a random factor. For this the private scalar leaves its KeyObject while it lasts.
 * Source: FIPS 186-5, section 6.4.1. The signature is in DER; s is not forced to be low, as in AWS KMS.
 */
export function signDigest(key: KeyObject, digest: Buffer): Buffer {
  const name = curveOf(key);
  const { Signature, Point } = CURVES[name];
  const { Fn } = Point;
  const scalar = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
  const d = Fn.fromBytes(scalar, true);
  scalar.fill(0);
  const z = leftmost(digest, Fn.BITS);
  for (;;) {
    const once = randomBytes(Fn.BYTES);
    if (Fn.BITS % 8 !== 0) once[0] = (once[0] ?? 0) & (0xff >> (8 - (Fn.BITS % 8)));
    const k = big(once);
    if (k === 0n || k >= Fn.ORDER) continue;
    const ephemeral = createECDH(name);
    ephemeral.setPrivateKey(once);
    once.fill(0);
    const r = Fn.create(big(ephemeral.getPublicKey().subarray(1, 1 + coordinateBytes(name))));
    const blind = Fn.create(big(randomBytes(Fn.BYTES)));
    if (r === 0n || blind === 0n) continue;
    const sum = Fn.add(Fn.mul(z, blind), Fn.mul(Fn.mul(r, blind), d));
    const s = Fn.mul(Fn.inv(Fn.mul(k, blind)), sum);
    if (s !== 0n) return Buffer.from(new Signature(r, s).toBytes('der'));
  }
}

/** Whether a DER signature is one of the digest. */
export function verifyDigest(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const { x = '', y = '' } = createPublicKeyOnce(key).export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  try {
    return CURVES[curveOf(key)].verify(
      new Uint8Array(signature),
      new Uint8Array(digest),
      new Uint8Array(point),
      {
        prehash: false,
        lowS: false,
        format: 'der',
      },
    );
  } catch {
    return false;
  }
}

function createPublicKeyOnce(key: KeyObject): KeyObject {
  return key.type === 'public' ? key : createPublicKey(key);
}

function curveOf(key: KeyObject): CurveName {
  const name = key.asymmetricKeyDetails?.namedCurve ?? '';
  if (Object.hasOwn(CURVES, name)) return name as CurveName;
  throw new Error('no curve for ECDSA');
}

function coordinateBytes(name: CurveName): number {
  return name === 'secp521r1' ? 66 : name === 'secp384r1' ? 48 : 32;
}

/** The leftmost bits of a digest that is longer than the order. */
function leftmost(digest: Buffer, bits: number): bigint {
  const excess = digest.length * 8 - bits;
  return excess > 0 ? big(digest) >> BigInt(excess) : big(digest);
}

function big(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}
