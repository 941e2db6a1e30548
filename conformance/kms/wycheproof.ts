import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasSignature } from '../../src/keeper/vault/sign.ts';
import type { TestBed } from '../../src/platform/testing.ts';
import { kms, kmsBed } from '../../src/services/kms/testing.ts';
import { privateKey, wrapped } from './wrapping.ts';

interface Vector {
  readonly tcId: number;
  readonly msg: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly sig?: string;
  readonly key?: string;
  readonly tag?: string;
  readonly ct?: string;
  readonly label?: string;
  readonly public?: string;
  readonly private?: string;
  readonly shared?: string;
}

interface Group {
  readonly tests: readonly Vector[];
  readonly publicKeyDer?: string;
  readonly privateKeyPkcs8?: string;
  readonly tagSize?: number;
  readonly keySize?: number;
}

export interface Compared {
  readonly what: string;
  readonly differences: readonly string[];
}

/** Signatures, verified as a message and as a digest. */
const SIGNATURES: Readonly<Record<string, readonly [algorithm: string, hash: string]>> = {
  ecdsa_secp256r1_sha256_test: ['ECDSA_SHA_256', 'sha256'],
  ecdsa_secp384r1_sha384_test: ['ECDSA_SHA_384', 'sha384'],
  ecdsa_secp521r1_sha512_test: ['ECDSA_SHA_512', 'sha512'],
  ecdsa_secp256k1_sha256_test: ['ECDSA_SHA_256', 'sha256'],
  rsa_pss_2048_sha256_mgf1_32_test: ['RSASSA_PSS_SHA_256', 'sha256'],
  rsa_pss_2048_sha384_mgf1_48_test: ['RSASSA_PSS_SHA_384', 'sha384'],
  rsa_pss_3072_sha256_mgf1_32_test: ['RSASSA_PSS_SHA_256', 'sha256'],
  rsa_pss_4096_sha512_mgf1_64_test: ['RSASSA_PSS_SHA_512', 'sha512'],
  rsa_signature_2048_sha256_test: ['RSASSA_PKCS1_V1_5_SHA_256', 'sha256'],
  rsa_signature_2048_sha384_test: ['RSASSA_PKCS1_V1_5_SHA_384', 'sha384'],
  rsa_signature_3072_sha512_test: ['RSASSA_PKCS1_V1_5_SHA_512', 'sha512'],
  rsa_signature_4096_sha512_test: ['RSASSA_PKCS1_V1_5_SHA_512', 'sha512'],
};
const MACS: Readonly<Record<string, readonly [spec: string, algorithm: string, bits: number]>> = {
  hmac_sha256_test: ['HMAC_256', 'HMAC_SHA_256', 256],
  hmac_sha384_test: ['HMAC_384', 'HMAC_SHA_384', 384],
  hmac_sha512_test: ['HMAC_512', 'HMAC_SHA_512', 512],
};
const OAEP: Readonly<Record<string, readonly [spec: string, algorithm: string]>> = {
  rsa_oaep_2048_sha1_mgf1sha1_test: ['RSA_2048', 'RSAES_OAEP_SHA_1'],
  rsa_oaep_2048_sha256_mgf1sha256_test: ['RSA_2048', 'RSAES_OAEP_SHA_256'],
  rsa_oaep_3072_sha256_mgf1sha256_test: ['RSA_3072', 'RSAES_OAEP_SHA_256'],
  rsa_oaep_4096_sha256_mgf1sha256_test: ['RSA_4096', 'RSAES_OAEP_SHA_256'],
};
const AGREEMENTS: Readonly<
  Record<string, readonly [spec: string, curve: string, crv: string, bytes: number]>
> = {
  ecdh_secp256r1_test: ['ECC_NIST_P256', 'prime256v1', 'P-256', 32],
  ecdh_secp384r1_test: ['ECC_NIST_P384', 'secp384r1', 'P-384', 48],
};

/** What is read of a checkout of C2SP/wycheproof. */
export function vectorFiles(): readonly string[] {
  return [SIGNATURES, MACS, OAEP, AGREEMENTS].flatMap((names) => Object.keys(names).map(vectorFile));
}

function vectorFile(name: string): string {
  return `testvectors_v1/${name}.json`;
}

/** Vectors of a checkout of C2SP/wycheproof. */
export async function wycheproof(folder: string): Promise<readonly Compared[]> {
  const groupsOf = (name: string): readonly Group[] =>
    JSON.parse(readFileSync(join(folder, vectorFile(name)), 'utf8')).testGroups;
  const bed = await kmsBed();
  const found: Compared[] = [];
  for (const [name, [algorithm, hash]] of Object.entries(SIGNATURES)) {
    for await (const each of signatures(name, groupsOf(name), algorithm, hash)) found.push(each);
  }
  for (const [name, facts] of Object.entries(MACS))
    found.push(...(await macs(bed, name, groupsOf(name), facts)));
  for (const [name, facts] of Object.entries(OAEP))
    found.push(...(await decryptions(bed, name, groupsOf(name), facts)));
  for (const [name, facts] of Object.entries(AGREEMENTS)) {
    found.push(...(await agreements(bed, name, groupsOf(name), facts)));
  }
  await bed.close();
  return found;
}

function compared(name: string, { tcId, result }: Vector, accepted: boolean): Compared {
  const agrees = result === 'acceptable' || accepted === (result === 'valid');
  return {
    what: `${name} ${tcId}`,
    differences: agrees ? [] : [`${accepted ? 'accepted' : 'refused'}, and it is ${result}`],
  };
}

async function* signatures(
  name: string,
  groups: readonly Group[],
  algorithm: string,
  hash: string,
): AsyncGenerator<Compared> {
  for (const { publicKeyDer = '', tests } of groups) {
    const key = createPublicKey({ key: Buffer.from(publicKeyDer, 'hex'), format: 'der', type: 'spki' });
    for (const vector of tests) {
      const message = Buffer.from(vector.msg, 'hex');
      const given = Buffer.from(vector.sig ?? '', 'hex');
      const digest = createHash(hash).update(message).digest();
      yield compared(`${name} RAW`, vector, await hasSignature(key, algorithm, 'RAW', message, given));
      yield compared(`${name} DIGEST`, vector, await hasSignature(key, algorithm, 'DIGEST', digest, given));
    }
  }
}

async function macs(
  bed: TestBed,
  name: string,
  groups: readonly Group[],
  [spec, MacAlgorithm, bits]: readonly [string, string, number],
): Promise<readonly Compared[]> {
  const found: Compared[] = [];
  for (const { tests, tagSize, keySize } of groups) {
    if (tagSize !== bits || keySize !== bits) continue;
    for (const vector of tests.filter(({ msg }) => msg !== '')) {
      const KeyId = await imported(bed, spec, 'GENERATE_VERIFY_MAC', Buffer.from(vector.key ?? '', 'hex'));
      const asked = {
        KeyId,
        MacAlgorithm,
        Message: Buffer.from(vector.msg, 'hex'),
        Mac: Buffer.from(vector.tag ?? '', 'hex'),
      };
      found.push(compared(name, vector, await succeeds(bed.call(kms, 'VerifyMac', asked))));
    }
  }
  return found;
}

async function decryptions(
  bed: TestBed,
  name: string,
  groups: readonly Group[],
  [spec, EncryptionAlgorithm]: readonly [string, string],
): Promise<readonly Compared[]> {
  const found: Compared[] = [];
  for (const { tests, privateKeyPkcs8 = '' } of groups) {
    const KeyId = await imported(bed, spec, 'ENCRYPT_DECRYPT', Buffer.from(privateKeyPkcs8, 'hex'));
    for (const vector of tests.filter(({ label, ct }) => !label && ct)) {
      const asked = { KeyId, EncryptionAlgorithm, CiphertextBlob: Buffer.from(vector.ct ?? '', 'hex') };
      const opened = await bed.call(kms, 'Decrypt', asked).catch(() => undefined);
      const same = opened !== undefined && Buffer.from(opened.Plaintext ?? []).toString('hex') === vector.msg;
      found.push(compared(name, vector, same));
    }
  }
  return found;
}

async function agreements(
  bed: TestBed,
  name: string,
  groups: readonly Group[],
  [spec, curve, crv, bytes]: readonly [string, string, string, number],
): Promise<readonly Compared[]> {
  const found: Compared[] = [];
  const keys = new Map<string, string>();
  for (const vector of groups.flatMap(({ tests }) => tests)) {
    const scalar = Buffer.from((vector.private ?? '').padStart(2 * bytes, '0').slice(-2 * bytes), 'hex');
    const id = scalar.toString('hex');
    const KeyId =
      keys.get(id) ?? (await imported(bed, spec, 'KEY_AGREEMENT', privateKey(curve, crv, scalar)));
    keys.set(id, KeyId);
    const asked = {
      KeyId,
      KeyAgreementAlgorithm: 'ECDH',
      PublicKey: Buffer.from(vector.public ?? '', 'hex'),
    };
    const derived = await bed.call(kms, 'DeriveSharedSecret', asked).catch(() => undefined);
    const same =
      derived !== undefined && Buffer.from(derived.SharedSecret ?? []).toString('hex') === vector.shared;
    found.push(compared(name, vector, same));
  }
  return found;
}

/** Imports a key as a client does. */
async function imported(bed: TestBed, KeySpec: string, KeyUsage: string, material: Buffer): Promise<string> {
  const { KeyMetadata } = await bed.call(kms, 'CreateKey', { Origin: 'EXTERNAL', KeySpec, KeyUsage });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const { PublicKey = new Uint8Array(), ImportToken } = await bed.call(kms, 'GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  });
  await bed.call(kms, 'ImportKeyMaterial', {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: wrapped(material, PublicKey),
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  return KeyId;
}

async function succeeds(asked: Promise<unknown>): Promise<boolean> {
  return asked.then(
    () => true,
    () => false,
  );
}
