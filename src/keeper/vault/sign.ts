import {
  constants,
  createPublicKey,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  sign,
  verify,
} from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import { signPss, verifyPss } from './pss.ts';
import { type SignatureAlgorithm, signatureAlgorithm } from './signature-algorithms.ts';

/** DER of `DigestInfo` in front of the digest. Source: RFC 8017, section 9.2, note 1. */
const DIGEST_INFO: Readonly<Record<string, Buffer>> = {
  sha256: Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  sha384: Buffer.from('3041300d060960864801650304020205000430', 'hex'),
  sha512: Buffer.from('3051300d060960864801650304020305000440', 'hex'),
};

/**
 * Signs a message, or what the caller made of it (`DIGEST`, `EXTERNAL_MU`). The libraries for what OpenSSL's binding
 * cannot do are loaded when they are first needed.
 */
export function signature(
  key: KeyObject,
  algorithm: string,
  messageType: string,
  message: Buffer,
): Buffer | Promise<Buffer> {
  const how = known(algorithm);
  if (messageType === 'RAW') return sign(how.hash || null, message, signingKey(how, key));
  demandLength(how, message);
  return prepared(how, key, Buffer.from(message));
}

/** Signs what the caller made of its message. */
async function prepared(how: SignatureAlgorithm, key: KeyObject, message: Buffer): Promise<Buffer> {
  switch (how.family) {
    case 'pss':
      return signPss(key, how.hash, message);
    case 'pkcs1':
      return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(how, message));
    case 'ecdsa':
      return (await import('./ecdsa.ts')).signDigest(key, message);
    case 'ed25519ph':
      return (await import('./ed25519ph.ts')).signPrehashed(key, message);
    case 'ml-dsa':
      return (await import('./ml-dsa.ts')).signMu(key, message);
    default:
      throw new KeeperError('request');
  }
}

const publics = new WeakMap<KeyObject, KeyObject>();

/** @throws KeeperError `signature` when it is none of the message under the key. */
export function demandSignature(
  privateKey: KeyObject,
  algorithm: string,
  messageType: string,
  message: Buffer,
  given: Buffer,
): void | Promise<void> {
  let key = publics.get(privateKey);
  if (!key) {
    key = createPublicKey(privateKey);
    publics.set(privateKey, key);
  }
  const verdict = hasSignature(key, algorithm, messageType, message, given);
  if (verdict instanceof Promise) return verdict.then(demandTrue);
  demandTrue(verdict);
}

function demandTrue(verdict: boolean): void {
  if (!verdict) throw new KeeperError('signature');
}

/** Whether a signature is one of a message, or of what the caller made of it, under a public key. */
export function hasSignature(
  key: KeyObject,
  algorithm: string,
  messageType: string,
  message: Buffer,
  given: Buffer,
): boolean | Promise<boolean> {
  const how = known(algorithm);
  if (messageType === 'RAW') return verify(how.hash || null, message, signingKey(how, key), given);
  demandLength(how, message);
  return isPreparedSignature(key, how, Buffer.from(message), Buffer.from(given));
}

async function isPreparedSignature(
  key: KeyObject,
  how: SignatureAlgorithm,
  message: Buffer,
  given: Buffer,
): Promise<boolean> {
  switch (how.family) {
    case 'pss':
      return verifyPss(key, how.hash, message, given);
    case 'pkcs1':
      return isPkcs1(key, digestInfo(how, message), given);
    case 'ecdsa':
      return (await import('./ecdsa.ts')).verifyDigest(key, message, given);
    case 'ed25519ph':
      return (await import('./ed25519ph.ts')).verifyPrehashed(key, message, given);
    case 'ml-dsa':
      return (await import('./ml-dsa.ts')).verifyMu(key, message, given);
    default:
      return false;
  }
}

function isPkcs1(key: KeyObject, expected: Buffer, given: Buffer): boolean {
  if (given.length !== (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8) return false;
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, given).equals(expected);
  } catch {
    return false;
  }
}

function known(name: string): SignatureAlgorithm {
  const how = signatureAlgorithm(name);
  if (!how) throw new KeeperError('request');
  return how;
}

/** The key itself wherever it goes without options: Node.js takes 15 µs longer over an object with a key in it. */
function signingKey({ family }: SignatureAlgorithm, key: KeyObject) {
  if (family !== 'pss') return key;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

function demandLength({ digestBytes }: SignatureAlgorithm, message: Buffer): void {
  if (message.length !== digestBytes) throw new KeeperError('request', 'the digest has the wrong length');
}

function digestInfo({ hash }: SignatureAlgorithm, digest: Buffer): Buffer {
  return Buffer.concat([DIGEST_INFO[hash] ?? Buffer.alloc(0), digest]);
}
