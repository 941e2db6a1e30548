import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import { KeeperError } from '../client/errors.ts';

/** How OpenSSL names the kinds of key that have a private and a public half. */
interface PairSpec {
  readonly type: string;
  readonly modulusLength?: number;
  readonly namedCurve?: string;
}

const PAIRS: Readonly<Record<string, PairSpec>> = {
  RSA_2048: { type: 'rsa', modulusLength: 2048 },
  RSA_3072: { type: 'rsa', modulusLength: 3072 },
  RSA_4096: { type: 'rsa', modulusLength: 4096 },
  ECC_NIST_P256: { type: 'ec', namedCurve: 'prime256v1' },
  ECC_NIST_P384: { type: 'ec', namedCurve: 'secp384r1' },
  ECC_NIST_P521: { type: 'ec', namedCurve: 'secp521r1' },
  ECC_SECG_P256K1: { type: 'ec', namedCurve: 'secp256k1' },
  ECC_NIST_EDWARDS25519: { type: 'ed25519' },
  ML_DSA_44: { type: 'ml-dsa-44' },
  ML_DSA_65: { type: 'ml-dsa-65' },
  ML_DSA_87: { type: 'ml-dsa-87' },
  ML_KEM_512: { type: 'ml-kem-512' },
  ML_KEM_768: { type: 'ml-kem-768' },
  ML_KEM_1024: { type: 'ml-kem-1024' },
};

/** Bytes of a generated secret key. Source: AWS KMS Developer Guide, "HMAC keys in AWS KMS". */
const SECRETS: Readonly<Record<string, number>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

/** Bytes that an imported secret key may have. */
const IMPORTED_SECRETS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  SYMMETRIC_DEFAULT: [32, 32],
  HMAC_224: [28, 64],
  HMAC_256: [32, 64],
  HMAC_384: [48, 128],
  HMAC_512: [64, 128],
};

const generatePair = promisify(generateKeyPair) as unknown as (
  type: string,
  options: object,
) => Promise<{ readonly publicKey: KeyObject; readonly privateKey: KeyObject }>;

export interface GeneratedKey {
  /** Bytes of a secret key, or PKCS #8. To be wiped by whoever wraps it. */
  readonly material: Buffer;
  /** SubjectPublicKeyInfo; empty for secret keys. */
  readonly publicKey: Buffer;
}

/** Makes a key of a KMS key spec. @throws KeeperError `request` for one that is not built. */
export async function generateKey(spec: string): Promise<GeneratedKey> {
  const bytes = Object.hasOwn(SECRETS, spec) ? SECRETS[spec] : undefined;
  if (bytes !== undefined) return { material: randomBytes(bytes), publicKey: Buffer.alloc(0) };
  const { type, ...options } = pairSpec(spec);
  const { publicKey, privateKey } = await generatePair(type, options);
  return { material: pkcs8(privateKey), publicKey: spki(publicKey) };
}

/** The key object of stored or imported material. @throws KeeperError `material` when it is no key of the spec. */
export function keyOf(spec: string, material: Buffer): KeyObject {
  if (Object.hasOwn(IMPORTED_SECRETS, spec)) {
    const [least, most] = IMPORTED_SECRETS[spec] ?? [0, 0];
    if (material.length < least || material.length > most) throw new KeeperError('material');
    return createSecretKey(material);
  }
  const key = privateKeyOf(material);
  const { type, modulusLength, namedCurve } = pairSpec(spec);
  const { modulusLength: bits, namedCurve: curve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== type || bits !== modulusLength || curve !== namedCurve) {
    throw new KeeperError('material');
  }
  return key;
}

function privateKeyOf(der: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    throw new KeeperError('material');
  }
}

function pairSpec(spec: string): PairSpec {
  const found = Object.hasOwn(PAIRS, spec) ? PAIRS[spec] : undefined;
  if (!found) throw new KeeperError('request', 'this kind of key is not built');
  return found;
}

export function isSecretSpec(spec: string): boolean {
  return Object.hasOwn(SECRETS, spec);
}

/** The public half of a private key, as SubjectPublicKeyInfo. */
export function publicKeyOf(key: KeyObject): Buffer {
  return key.type === 'secret' ? Buffer.alloc(0) : spki(createPublicKey(key));
}

function pkcs8(key: KeyObject): Buffer {
  return key.export({ type: 'pkcs8', format: 'der' });
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}
