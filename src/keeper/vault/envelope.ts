import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomFillSync } from 'node:crypto';
import { BLOB, readBlobHead, writeBlobHead } from '../client/blob.ts';
import { KeeperError } from '../client/errors.ts';
import type { MaterialReference } from '../client/keeper.ts';

const INFO = Buffer.from('honmaru kms message/1');
/** The counter of the only block of HKDF-Expand. */
const FIRST_BLOCK = Buffer.of(1);
const KEY_BYTES = 32;
const IV_BYTES = 12;

/** Encrypts under symmetric key material. For the form see `client/blob.ts`. */
export function encrypt(
  { account, keyId, materialId }: MaterialReference,
  key: KeyObject,
  plain: Uint8Array,
  context: Uint8Array,
): Buffer {
  const blob = Buffer.allocUnsafe(BLOB.body + plain.length + BLOB.tag);
  writeBlobHead(blob, account, keyId, materialId);
  randomFillSync(blob, BLOB.nonce, BLOB.body - BLOB.nonce);
  const once = messageKey(key, blob);
  const cipher = createCipheriv('aes-256-gcm', once.key, once.iv);
  cipher.setAAD(blob.subarray(0, BLOB.body));
  if (context.length > 0) cipher.setAAD(context);
  cipher.update(plain).copy(blob, BLOB.body);
  cipher.final();
  cipher.getAuthTag().copy(blob, blob.length - BLOB.tag);
  once.key.fill(0);
  return blob;
}

/** @throws KeeperError `ciphertext` when it was changed or is of another key, material or context. */
export function decrypt(
  { account, keyId, materialId }: MaterialReference,
  key: KeyObject,
  blob: Buffer,
  context: Uint8Array,
): Buffer {
  const head = readBlobHead(blob);
  const own = head?.account === account && head.keyId === keyId && materialId.startsWith(head.material);
  if (!own) throw new KeeperError('ciphertext');
  const once = messageKey(key, blob);
  const decipher = createDecipheriv('aes-256-gcm', once.key, once.iv, { authTagLength: BLOB.tag });
  decipher.setAAD(blob.subarray(0, BLOB.body));
  if (context.length > 0) decipher.setAAD(context);
  decipher.setAuthTag(blob.subarray(blob.length - BLOB.tag));
  once.key.fill(0);
  const plain = decipher.update(blob.subarray(BLOB.body, blob.length - BLOB.tag));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    throw new KeeperError('ciphertext');
  }
}

function messageKey(key: KeyObject, blob: Buffer): { readonly key: Buffer; readonly iv: Buffer } {
  const bytes = createHmac('sha512', key)
    .update(INFO)
    .update(blob.subarray(BLOB.nonce, BLOB.body))
    .update(FIRST_BLOCK)
    .digest();
  return { key: bytes.subarray(0, KEY_BYTES), iv: bytes.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES) };
}
