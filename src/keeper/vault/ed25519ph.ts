import { createHash, type KeyObject } from 'node:crypto';
import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';

const DOMAIN = Buffer.from('SigEd25519 no Ed25519 collisions');

const sha512 = (message: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha512').update(message).digest());

/**
 * Ed25519ph of RFC 8032, section 5.1, over a SHA-512 digest that the caller made; OpenSSL's binding in Node.js has
 * no such variant. For this the private seed leaves its KeyObject while it lasts.
 */
const ED25519PH = eddsa(ed25519.Point, hashOf(), {
  domain: (data: Uint8Array, context: Uint8Array, prehashed: boolean) =>
    new Uint8Array(Buffer.concat([DOMAIN, Buffer.of(prehashed ? 1 : 0, context.length), context, data])),
  prehash: asHash((digest) => digest),
  adjustScalarBytes(bytes: Uint8Array) {
    bytes[0] = (bytes[0] ?? 0) & 248;
    bytes[31] = ((bytes[31] ?? 0) & 127) | 64;
    return new Uint8Array(bytes);
  },
});

type Hash = Parameters<typeof eddsa>[1];

function hashOf(): Hash {
  return asHash(sha512);
}

/** The library asks for a hash with its sizes; it never asks these for a streaming one. */
function asHash(hash: (message: Uint8Array) => Uint8Array): Hash {
  return Object.assign(hash, { outputLen: 64, blockLen: 128 }) as unknown as Hash;
}

export function signPrehashed(key: KeyObject, digest: Buffer): Buffer {
  const seed = new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const signature = ED25519PH.sign(new Uint8Array(digest), seed);
  seed.fill(0);
  return Buffer.from(signature);
}

export function verifyPrehashed(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const point = new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'));
  try {
    return ED25519PH.verify(new Uint8Array(signature), new Uint8Array(digest), point, { zip215: false });
  } catch {
    return false;
  }
}
