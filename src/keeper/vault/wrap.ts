import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Seals a key under another with AES-256-GCM. The identity of what is sealed is bound to it, so that no wrapped key
 * can stand in another one's place. Keys that wrap are used far less than 2^32 times, so that random nonces do.
 */
export function wrap(key: KeyObject, plain: Uint8Array, identity: readonly string[]): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(identityBytes(identity));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** Undefined when the bytes were changed, or sealed under another key or for something else. */
export function unwrap(key: KeyObject, sealed: Buffer, identity: readonly string[]): Buffer | undefined {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(identityBytes(identity)).setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  const plain = decipher.update(sealed.subarray(HEAD_BYTES));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    return undefined;
  }
}

function identityBytes(identity: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(identity));
}
