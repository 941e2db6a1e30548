import {
  constants,
  createHash,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * RSASSA-PSS over a digest that the caller made; OpenSSL's binding in Node.js only takes whole messages.
 * Source: RFC 8017, sections 8.1 and 9.1; the salt is as long as the digest.
 */
export function signPss(key: KeyObject, hash: string, digest: Buffer): Buffer {
  const bits = (key.asymmetricKeyDetails?.modulusLength ?? 0) - 1;
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(hash, digest, bits));
}

export function verifyPss(key: KeyObject, hash: string, digest: Buffer, signature: Buffer): boolean {
  const length = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (signature.length !== Math.ceil(length / 8)) return false;
  try {
    const encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
    return isPss(hash, digest, encoded, length - 1);
  } catch {
    return false;
  }
}

function encodePss(hash: string, digest: Buffer, bits: number): Buffer {
  const size = Math.ceil(bits / 8);
  const salt = randomBytes(digest.length);
  const h = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const block = Buffer.alloc(size - h.length - 1);
  block[block.length - salt.length - 1] = 1;
  salt.copy(block, block.length - salt.length);
  mask(block, hash, h);
  block[0] = (block[0] ?? 0) & (0xff >> (8 * size - bits));
  return Buffer.concat([block, h, Buffer.of(0xbc)]);
}

function isPss(hash: string, digest: Buffer, encoded: Buffer, bits: number): boolean {
  const size = Math.ceil(bits / 8);
  const length = digest.length;
  if (encoded.length !== size || encoded.at(-1) !== 0xbc || size < 2 * length + 2) return false;
  const block = Buffer.from(encoded.subarray(0, size - length - 1));
  const h = encoded.subarray(size - length - 1, size - 1);
  if (((block[0] ?? 0) & ~(0xff >> (8 * size - bits)) & 0xff) !== 0) return false;
  mask(block, hash, h);
  block[0] = (block[0] ?? 0) & (0xff >> (8 * size - bits));
  const padding = block.subarray(0, block.length - length - 1);
  if (padding.some((byte) => byte !== 0) || block[padding.length] !== 1) return false;
  const salt = block.subarray(block.length - length);
  const expected = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  return timingSafeEqual(expected, h);
}

/** XORs MGF1 of a seed onto a block. Source: RFC 8017, appendix B.2.1. */
function mask(block: Buffer, hash: string, seed: Buffer): void {
  const counter = Buffer.alloc(4);
  for (let at = 0, index = 0; at < block.length; index += 1) {
    counter.writeUInt32BE(index);
    for (const byte of createHash(hash).update(seed).update(counter).digest()) {
      if (at === block.length) break;
      block[at] = (block[at] ?? 0) ^ byte;
      at += 1;
    }
  }
}
