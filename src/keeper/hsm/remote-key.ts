import type { MaterialReference } from '../client/keeper.ts';
import { decryptWith, encryptWith, type MessageKey, messageKeyOf } from '../vault/envelope.ts';
import type { KeyStores } from './key-stores.ts';

const INFO = Buffer.from('honmaru kms hsm message/1');

/** A key that a token keeps: which store, and its id of 16 bytes there. */
export interface RemoteKey {
  readonly storeId: string;
  readonly object: Buffer;
}

/**
 * Encrypts in the form of `client/blob.ts`. The key of the message is what the token's HMAC makes of the identity of the
 * KMS key and the nonce, so that nothing that encrypts more than this one message ever leaves the token.
 */
export async function encryptRemotely(
  stores: KeyStores,
  key: RemoteKey,
  reference: MaterialReference,
  plain: Uint8Array,
  context: Uint8Array,
): Promise<Buffer> {
  return encryptWith(reference, plain, context, (nonce) => messageKey(stores, key, reference, nonce));
}

/** @throws KeeperError `ciphertext`, `miss`, `hsm` */
export async function decryptRemotely(
  stores: KeyStores,
  key: RemoteKey,
  reference: MaterialReference,
  blob: Buffer,
  context: Uint8Array,
): Promise<Buffer> {
  return decryptWith(reference, blob, context, (nonce) => messageKey(stores, key, reference, nonce));
}

async function messageKey(
  stores: KeyStores,
  { storeId, object }: RemoteKey,
  { account, keyId, materialId }: MaterialReference,
  nonce: Buffer,
): Promise<MessageKey> {
  const identity = Buffer.from(`\0${account}\0${keyId}\0${materialId}\0`);
  const input = Buffer.concat([INFO, identity, nonce]);
  return messageKeyOf(await stores.use(storeId, (token) => token.mac(object, input)));
}
