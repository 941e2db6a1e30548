/**
 * The head of a ciphertext, which says under what it was made; it is authenticated, not secret:
 *
 *     0  'HMK' and the version, 1 or 2
 *     4  flags: 1 = a multi-Region key
 *     5  account, 6 bytes
 *    11  key id, 16 bytes (the UUID, or what follows `mrk-`)
 *    27  the first 16 bytes of the id of the key material
 *    43  nonce: 16 bytes in version 1, 24 in version 2
 *    59  (67 in version 2) AES-256-GCM ciphertext and its tag of 16 bytes
 *
 * No two messages share a key, so that no limit on the number of IVs applies. Version 2 is XAES-256-GCM (C2SP,
 * "The XAES-256-GCM extended-nonce AEAD") under the material. In version 1, key and IV are HKDF-Expand (RFC 5869) with
 * SHA-512 of the material, which is uniformly random, over "honmaru kms message/1" and the nonce, 44 bytes; it is what
 * older versions wrote, and what is written where material is in a token, which makes the key of the message.
 * Additional authenticated data are the head and the encryption context (`contextBytes`).
 */
export const BLOB = { version: 3, account: 5, keyId: 11, material: 27, nonce: 43, tag: 16 } as const;
const MAGIC = Buffer.from('HMK', 'latin1');
const MULTI_REGION = 1;

export type BlobVersion = 1 | 2;

export interface BlobHead {
  readonly version: BlobVersion;
  readonly account: string;
  readonly keyId: string;
  /** 32 hexadecimal digits. */
  readonly material: string;
}

/** Where the ciphertext begins. */
export function bodyOf(version: BlobVersion): number {
  return version === 1 ? 59 : 67;
}

/** The version of a ciphertext; undefined when it is none of ours. */
export function versionOf(blob: Buffer): BlobVersion | undefined {
  const version = blob[BLOB.version];
  if (version !== 1 && version !== 2) return undefined;
  if (blob.length < bodyOf(version) + BLOB.tag || MAGIC.compare(blob, 0, BLOB.version) !== 0)
    return undefined;
  return version;
}

/** Reads the head of a ciphertext; undefined when it is none of ours. */
export function readBlobHead(blob: Buffer): BlobHead | undefined {
  const version = versionOf(blob);
  const flags = blob[4] ?? 0;
  if (version === undefined || flags > MULTI_REGION) return undefined;
  const words = blob.toString('hex', BLOB.keyId, BLOB.nonce);
  const id = words.slice(0, 32);
  return {
    version,
    account: String(blob.readUIntBE(BLOB.account, 6)).padStart(12, '0'),
    keyId:
      flags === MULTI_REGION
        ? `mrk-${id}`
        : `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    material: words.slice(32),
  };
}

/** Writes a head; the nonce is left to whoever encrypts. */
export function writeBlobHead(
  blob: Buffer,
  version: BlobVersion,
  account: string,
  keyId: string,
  materialId: string,
): void {
  const many = keyId.startsWith('mrk-');
  MAGIC.copy(blob);
  blob[BLOB.version] = version;
  blob[4] = many ? MULTI_REGION : 0;
  blob.writeUIntBE(Number(account), BLOB.account, 6);
  blob.write(many ? keyId.slice(4) : keyId.replaceAll('-', ''), BLOB.keyId, 'hex');
  blob.write(materialId.slice(0, 32), BLOB.material, 'hex');
}
