import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';

/** The hash of `RSAES_OAEP_SHA_1` and `RSAES_OAEP_SHA_256`, for OAEP and its MGF1 alike. */
function hashOf(algorithm: string): string {
  if (algorithm === 'RSAES_OAEP_SHA_1') return 'sha1';
  if (algorithm === 'RSAES_OAEP_SHA_256') return 'sha256';
  throw new KeeperError('request');
}

export function encryptRsa(key: KeyObject, algorithm: string, plain: Buffer): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: createPublicKey(key), padding, oaepHash: hashOf(algorithm) }, plain);
}

/** @throws KeeperError `ciphertext`, whatever was wrong with it. */
export function decryptRsa(key: KeyObject, algorithm: string, ciphertext: Buffer): Buffer {
  const oaepHash = hashOf(algorithm);
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);
  } catch {
    throw new KeeperError('ciphertext');
  }
}
