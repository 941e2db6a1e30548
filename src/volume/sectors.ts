import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

/** The unit that is encrypted by itself, in bytes. */
export const SECTOR_BYTES = 4096;
/** As much as the largest EBS volume: 64 TiB. */
export const MOST_VOLUME_BYTES = 2 ** 46;
const ZEROS = Buffer.alloc(SECTOR_BYTES);

/** Encrypts and decrypts whole sectors, each at its number. */
export interface SectorCipher {
  /** `bytes` holds whole sectors, of which the first has the number `first`. */
  encrypt(first: number, bytes: Buffer): Buffer;
  /** A sector of zeros was never written, or was trimmed: it reads as zeros. */
  decrypt(first: number, bytes: Buffer): Buffer;
}

/**
 * AES-256-XTS (IEEE 1619, NIST SP 800-38E) with the sector's number as tweak, little endian, as `plain64`
 * of dm-crypt. A sector of which the ciphertext is all zeros was never written: that a cipher gives one has
 * a chance of 2^-32768.
 *
 * @param key 64 bytes
 */
export function sectorCipher(key: KeyObject): SectorCipher {
  const tweak = Buffer.alloc(16);
  const overSectors = (first: number, bytes: Buffer, change: (sector: Buffer, into: Buffer) => void) => {
    const changed = Buffer.allocUnsafe(bytes.length);
    for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
      tweak.writeBigUInt64LE(BigInt(first + at / SECTOR_BYTES));
      change(bytes.subarray(at, at + SECTOR_BYTES), changed.subarray(at, at + SECTOR_BYTES));
    }
    return changed;
  };
  return {
    encrypt: (first, bytes) =>
      overSectors(first, bytes, (sector, into) => {
        createCipheriv('aes-256-xts', key, tweak).update(sector).copy(into);
      }),
    decrypt: (first, bytes) =>
      overSectors(first, bytes, (sector, into) => {
        if (sector.equals(ZEROS)) into.fill(0);
        else createDecipheriv('aes-256-xts', key, tweak).update(sector).copy(into);
      }),
  };
}

/** Whether there is nothing but zeros in a buffer. */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
    const part = bytes.subarray(at, at + SECTOR_BYTES);
    if (!part.equals(part.length === SECTOR_BYTES ? ZEROS : ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}
