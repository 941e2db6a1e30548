import { createCipheriv, createDecipheriv, createHash, type KeyObject } from 'node:crypto';
import { tooManyChunks } from './errors.ts';

export const TAG_BYTES = 16;
const MOST_CHUNKS = 2 ** 32;

/** Seals and opens the chunks of one file, each at its place. */
export interface ChunkCipher {
  /** @throws InputError `envelope-too-large` */
  seal(index: number, last: boolean, plaintext: Buffer): Buffer;
  /** Undefined where the chunk is not the one that was sealed at this place. */
  open(index: number, last: boolean, sealed: Buffer): Buffer | undefined;
}

/**
 * AES-256-GCM for each chunk. The nonce holds the chunk's number and whether it is the last, as in the
 * STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
 * Nonce-Reuse Misuse-Resistance, 2015); the key is of this file alone, so that no nonce comes twice. The
 * additional data are the whole header's digest, the number and the flag.
 *
 * @param header the whole header, its tag included
 */
export function chunkCipher(key: KeyObject, header: Uint8Array): ChunkCipher {
  const digest = createHash('sha256').update(header).digest();
  return {
    seal(index, last, plaintext) {
      if (index >= MOST_CHUNKS) throw tooManyChunks();
      const place = placeOf(index, last);
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place));
      cipher.setAAD(Buffer.concat([digest, place]));
      const body = cipher.update(plaintext);
      cipher.final();
      return Buffer.concat([body, cipher.getAuthTag()]);
    },
    open(index, last, sealed) {
      if (index >= MOST_CHUNKS || sealed.length < TAG_BYTES) return undefined;
      const place = placeOf(index, last);
      const body = sealed.subarray(0, sealed.length - TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.concat([digest, place]));
      decipher.setAuthTag(sealed.subarray(body.length));
      const plaintext = decipher.update(body);
      try {
        decipher.final();
        return plaintext;
      } catch {
        plaintext.fill(0);
        return undefined;
      }
    },
  };
}

/** Eight bytes of number and one of flag. */
function placeOf(index: number, last: boolean): Buffer {
  const place = Buffer.alloc(9);
  place.writeBigUInt64BE(BigInt(index));
  place[8] = last ? 1 : 0;
  return place;
}

function nonceOf(place: Buffer): Buffer {
  const nonce = Buffer.alloc(12);
  place.copy(nonce, 3);
  return nonce;
}
