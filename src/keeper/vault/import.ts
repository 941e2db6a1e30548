import { createDecipheriv, createPrivateKey, type KeyObject } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import { decryptRsa } from './rsa.ts';
import type { GeneratedKey } from './specs.ts';
import { unwrap, wrap } from './wrap.ts';

const TOKEN_MILLISECONDS = 24 * 3_600_000;
/** The alternative initial value of AES key wrap with padding. Source: RFC 5649, section 3. */
const ALTERNATIVE_IV = Buffer.from('a65959a6', 'hex');
const AES_KEY_BYTES = 32;

export interface ImportParameters {
  readonly publicKey: Buffer;
  /** Sealed: the private wrapping key, the algorithm and the time of expiry. Nothing of it is stored. */
  readonly token: Buffer;
}

/** Makes the key pair that an import is wrapped under; its material is wiped by whoever asked. */
export type MakeWrappingKey = (spec: string) => Promise<GeneratedKey>;

/** A fresh wrapping key pair for one import into one key. Source: AWS KMS API, "GetParametersForImport". */
export async function importParameters(
  sealing: KeyObject,
  keyId: string,
  wrappingSpec: string,
  algorithm: string,
  now: number,
  make: MakeWrappingKey,
): Promise<ImportParameters> {
  if (!wrappingSpec.startsWith('RSA_')) throw new KeeperError('request');
  const { material, publicKey } = await make(wrappingSpec);
  const head = Buffer.alloc(8);
  head.writeBigUInt64BE(BigInt(now + TOKEN_MILLISECONDS));
  const name = Buffer.from(algorithm.padEnd(32, '\0'));
  const token = wrap(sealing, Buffer.concat([head, name, material]), ['import token', keyId]);
  material.fill(0);
  return { publicKey, token };
}

/**
 * The material inside an import, to be wiped by whoever wraps it again.
 *
 * @throws KeeperError `token`, `token-expired`, `ciphertext`
 */
export function importedMaterial(
  sealing: KeyObject,
  keyId: string,
  token: Buffer,
  encrypted: Buffer,
  now: number,
): Buffer {
  const opened = unwrap(sealing, token, ['import token', keyId]);
  if (!opened) throw new KeeperError('token');
  if (Number(opened.readBigUInt64BE(0)) < now) throw new KeeperError('token-expired');
  const algorithm = opened.toString('latin1', 8, 40).replace(/\0+$/, '');
  const key = createPrivateKey({ key: opened.subarray(40), format: 'der', type: 'pkcs8' });
  opened.fill(0);
  if (algorithm.startsWith('RSAES_')) return decryptRsa(key, algorithm, encrypted);
  return unwrapWithAes(key, algorithm.replace('RSA_AES_KEY_WRAP', 'RSAES_OAEP'), encrypted);
}

/** CKM_RSA_AES_KEY_WRAP of PKCS #11: an AES key under RSA-OAEP, and the material under that key (RFC 5649). */
function unwrapWithAes(key: KeyObject, algorithm: string, encrypted: Buffer): Buffer {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (encrypted.length <= size) throw new KeeperError('ciphertext');
  const aes = decryptRsa(key, algorithm, encrypted.subarray(0, size));
  if (aes.length !== AES_KEY_BYTES) throw new KeeperError('ciphertext');
  try {
    const decipher = createDecipheriv('id-aes256-wrap-pad', aes, ALTERNATIVE_IV);
    return Buffer.concat([decipher.update(encrypted.subarray(size)), decipher.final()]);
  } catch {
    throw new KeeperError('ciphertext');
  } finally {
    aes.fill(0);
  }
}
