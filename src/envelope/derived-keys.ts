import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A key for one purpose, derived from a data key by HKDF with SHA-256 (RFC 5869). */
export function derivedKey(dataKey: Buffer, salt: Buffer, purpose: string, bytes = 32): KeyObject {
  const derived = Buffer.from(hkdfSync('sha256', dataKey, salt, purpose, bytes));
  const key = createSecretKey(derived);
  derived.fill(0);
  return key;
}

/**
 * The tag that authenticates a header. It also commits to the data key: no second key gives the same tag,
 * which AES-GCM alone does not promise.
 */
export function headerTag(key: KeyObject, header: Uint8Array): Buffer {
  return createHmac('sha256', key).update(header).digest();
}
