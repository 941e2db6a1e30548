import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { BLOB, type BlobVersion, bodyOf, readBlobHead, versionOf, writeBlobHead } from '../client/blob.ts';
import { KeeperError } from '../client/errors.ts';
import type { MaterialReference } from '../client/keeper.ts';
import type { HeldMaterial } from './materials.ts';
import { fillRandom } from './random.ts';
import { type MessageKeys, xaesKeys } from './xaes.ts';

const INFO = Buffer.from('honmaru kms message/1');
/** The counter of the only block of HKDF-Expand. */
const FIRST_BLOCK = Buffer.of(1);
const KEY_BYTES = 32;
const IV_BYTES = 12;
const FIRST_BODY = bodyOf(1);
const BODY = bodyOf(2);

/** The key and IV of one message; wiped by whoever used it. */
export interface MessageKey {
  readonly key: Buffer;
  readonly iv: Buffer;
}

/** Encrypts under symmetric key material. For the form see `client/blob.ts`, version 2. */
export function encrypt(held: HeldMaterial, plain: Uint8Array, context: Uint8Array): Buffer {
  const { head, keys } = sealingOf(held);
  const blob = Buffer.allocUnsafe(BODY + plain.length + BLOB.tag);
  head.copy(blob);
  fillRandom(blob, BLOB.nonce, BODY);
  return closed(blob, BODY, messageKeyIn(keys, blob), plain, context);
}

/** @throws KeeperError `ciphertext` when it was changed or is of another key, material or context. */
export function decrypt(held: HeldMaterial, blob: Buffer, context: Uint8Array): Buffer {
  const { head, keys } = sealingOf(held);
  if (versionOf(blob) === 2) {
    if (blob.compare(head, 0, BLOB.nonce, 0, BLOB.nonce) !== 0) throw new KeeperError('ciphertext');
    return opened(blob, BODY, messageKeyIn(keys, blob), context);
  }
  demandOwn(held.reference, blob);
  return opened(blob, FIRST_BODY, firstMessageKey(held.key, blob), context);
}

/**
 * Encrypts in version 1 for material that is elsewhere: `derive` makes the key of the message out of its nonce.
 */
export async function encryptWith(
  reference: MaterialReference,
  plain: Uint8Array,
  context: Uint8Array,
  derive: (nonce: Buffer) => Promise<MessageKey>,
): Promise<Buffer> {
  const blob = Buffer.allocUnsafe(FIRST_BODY + plain.length + BLOB.tag);
  writeHead(blob, 1, reference);
  fillRandom(blob, BLOB.nonce, FIRST_BODY);
  return closed(blob, FIRST_BODY, await derive(firstNonceOf(blob)), plain, context);
}

/** Opens what {@link encryptWith} made. @throws KeeperError `ciphertext` */
export async function decryptWith(
  reference: MaterialReference,
  blob: Buffer,
  context: Uint8Array,
  derive: (nonce: Buffer) => Promise<MessageKey>,
): Promise<Buffer> {
  demandOwn(reference, blob);
  return opened(blob, FIRST_BODY, await derive(firstNonceOf(blob)), context);
}

/** The key of a message of version 1 out of 64 uniformly random bytes. */
export function messageKeyOf(bytes: Buffer): MessageKey {
  return { key: bytes.subarray(0, KEY_BYTES), iv: bytes.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES) };
}

/** What all ciphertexts of a material have in common: made once, gone with the material. */
interface Sealing {
  readonly head: Buffer;
  readonly keys: MessageKeys;
}

const sealings = new WeakMap<HeldMaterial, Sealing>();

function sealingOf(held: HeldMaterial): Sealing {
  const known = sealings.get(held);
  if (known) return known;
  if (held.key.type !== 'secret') throw new KeeperError('request', 'the key does not encrypt like this');
  const head = Buffer.alloc(BLOB.nonce);
  writeHead(head, 2, held.reference);
  const made = { head, keys: xaesKeys(held.key) };
  sealings.set(held, made);
  return made;
}

function writeHead(
  blob: Buffer,
  version: BlobVersion,
  { account, keyId, materialId }: MaterialReference,
): void {
  writeBlobHead(blob, version, account, keyId, materialId);
}

function messageKeyIn(keys: MessageKeys, blob: Buffer): MessageKey {
  const nonce = blob.subarray(BLOB.nonce, BODY);
  return { key: keys.keyFor(nonce), iv: keys.ivIn(nonce) };
}

/** The bytes of the key go into a KeyObject at once: Node.js takes one four times as fast as bytes. */
function cipherKey({ key }: MessageKey): KeyObject {
  const made = createSecretKey(key);
  key.fill(0);
  return made;
}

function closed(
  blob: Buffer,
  body: number,
  once: MessageKey,
  plain: Uint8Array,
  context: Uint8Array,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', cipherKey(once), once.iv);
  cipher.setAAD(blob.subarray(0, body));
  if (context.length > 0) cipher.setAAD(context);
  cipher.update(plain).copy(blob, body);
  cipher.final();
  cipher.getAuthTag().copy(blob, blob.length - BLOB.tag);
  return blob;
}

function demandOwn({ account, keyId, materialId }: MaterialReference, blob: Buffer): void {
  const head = readBlobHead(blob);
  const own = head?.version === 1 && head.account === account && head.keyId === keyId;
  if (!own || !materialId.startsWith(head.material)) throw new KeeperError('ciphertext');
}

function opened(blob: Buffer, body: number, once: MessageKey, context: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', cipherKey(once), once.iv, { authTagLength: BLOB.tag });
  decipher.setAAD(blob.subarray(0, body));
  if (context.length > 0) decipher.setAAD(context);
  decipher.setAuthTag(blob.subarray(blob.length - BLOB.tag));
  const plain = decipher.update(blob.subarray(body, blob.length - BLOB.tag));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    throw new KeeperError('ciphertext');
  }
}

function firstMessageKey(key: KeyObject, blob: Buffer): MessageKey {
  return messageKeyOf(
    createHmac('sha512', key).update(INFO).update(firstNonceOf(blob)).update(FIRST_BLOCK).digest(),
  );
}

function firstNonceOf(blob: Buffer): Buffer {
  return blob.subarray(BLOB.nonce, FIRST_BODY);
}
