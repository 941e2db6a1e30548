import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { SealPort } from './ports.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const ROOT_KEY_BYTES = 32;

/** AES-256-GCM under a key that is derived from the root key for one use (RFC 5869, NIST SP 800-38D). */
export interface Sealer {
  seal(plain: Uint8Array, purpose: string): Buffer;
  /** Undefined when the bytes were changed, or sealed for another purpose or under another key. */
  open(sealed: Uint8Array, purpose: string): Buffer | undefined;
}

/** Makes a sealer for one use (`records`, `sessions`) of a root key of 32 bytes. */
export function sealer(rootKey: Uint8Array, use: string): Sealer {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', rootKey, '', `honmaru ${use}`, 32)));
  return {
    seal: (plain, purpose) => encrypt(key, plain, purpose),
    open: (sealed, purpose) => decrypt(key, Buffer.from(sealed), purpose),
  };
}

function encrypt(key: KeyObject, plain: Uint8Array, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

function decrypt(key: KeyObject, sealed: Buffer, purpose: string): Buffer | undefined {
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== VERSION) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(tag);
  try {
    const body = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** What services seal their secrets with before they are stored. */
export function sealPort(rootKey: Uint8Array): SealPort {
  const records = sealer(rootKey, 'records');
  return {
    async seal(plain, purpose) {
      return records.seal(Buffer.from(plain), purpose).toString('base64url');
    },
    async open(sealed, purpose) {
      const plain = records.open(Buffer.from(sealed, 'base64url'), purpose);
      if (plain) return plain;
      throw new HonmaruError({
        code: 'seal-broken',
        message: text(
          'a stored secret cannot be opened: it was changed, or sealed under another root key',
          '保存された秘密を開けません。改変されたか、別のルートキーで封印されています',
        ),
        remedy: text(
          'start with the root key file that this data directory was made with',
          'このデータディレクトリを作成したときのルートキーファイルを指定して起動してください',
        ),
      });
    },
  };
}
