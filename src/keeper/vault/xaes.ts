import { type Cipheriv, createCipheriv, type KeyObject } from 'node:crypto';

export const XAES_NONCE_BYTES = 24;
const BLOCK = 16;
const KEY_BYTES = 32;

/** Makes the key of one message, and says where in the nonce its IV is. */
export interface MessageKeys {
  /** 32 bytes, to be wiped by whoever used them. */
  keyFor(nonce: Buffer): Buffer;
  ivIn(nonce: Buffer): Buffer;
}

/**
 * The derivation of XAES-256-GCM: two blocks of CMAC in counter mode (NIST SP 800-108r1) over the first half of a random
 * nonce of 24 bytes make the key of a message, the other half is the IV of AES-256-GCM.
 * Source: C2SP, "The XAES-256-GCM extended-nonce AEAD".
 *
 * The cipher that does the blocks is made once for a key and used for every message: it is OpenSSL's key schedule in its
 * own memory, like the KeyObject, and goes with it. CMAC's subkey stays beside it; it opens nothing by itself.
 */
export function xaesKeys(key: KeyObject): MessageKeys {
  const blocks = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const input = inputFor(blocks);
  const masked = Buffer.alloc(2 * BLOCK);
  return {
    keyFor(nonce) {
      for (let at = 0; at < BLOCK; at += 1) {
        const byte = at < 4 ? 0 : (nonce[at - 4] ?? 0);
        masked[at] = (input[at] ?? 0) ^ byte;
        masked[at + BLOCK] = (input[at + BLOCK] ?? 0) ^ byte;
      }
      const made = blocks.update(masked);
      if (made.length !== KEY_BYTES) throw new Error('the block cipher kept something back');
      return made;
    },
    ivIn: (nonce) => nonce.subarray(XAES_NONCE_BYTES / 2, XAES_NONCE_BYTES),
  };
}

/** `0 1 'X' 0` and `0 2 'X' 0` before the nonce, both masked with CMAC's first subkey. */
function inputFor(blocks: Cipheriv): Buffer {
  const l = blocks.update(Buffer.alloc(BLOCK));
  const input = Buffer.alloc(2 * BLOCK);
  const carry = (l[0] ?? 0) >> 7;
  for (let at = 0; at < BLOCK; at += 1) {
    const doubled = (((l[at] ?? 0) << 1) | ((l[at + 1] ?? 0) >> 7)) & 0xff;
    input[at] = at === BLOCK - 1 ? doubled ^ (carry * 0x87) : doubled;
  }
  l.fill(0);
  input.copy(input, BLOCK, 0, BLOCK);
  const head = Buffer.of(0, 1, 0x58, 0);
  for (const [at, byte] of head.entries()) {
    input[at] = (input[at] ?? 0) ^ byte;
    input[at + BLOCK] = (input[at + BLOCK] ?? 0) ^ (at === 1 ? 2 : byte);
  }
  return input;
}
