/**
 * The head of a ciphertext, which says under what it was made; it is authenticated, not secret:
 *
 *     0  'HMK' and the version, 1
 *     4  flags: 1 = a multi-Region key
 *     5  account, 6 bytes
 *    11  key id, 16 bytes (the UUID, or what follows `mrk-`)
 *    27  the first 16 bytes of the id of the key material
 *    43  nonce, 16 bytes
 *    59  AES-256-GCM ciphertext and its tag of 16 bytes
 *
 * Message key and IV are HKDF-Expand (RFC 5869) with SHA-512 of the material, which is uniformly random, over
 * "honmaru kms message/1" and the nonce, 44 bytes: no two messages share a key, so that no limit on the number of
 * IVs applies. Additional authenticated data are the head and the encryption context (`contextBytes`).
 */
export const BLOB = { account: 5, keyId: 11, material: 27, nonce: 43, body: 59, tag: 16 } as const;
const MAGIC = Buffer.from('HMK\u0001', 'latin1');
const MULTI_REGION = 1;

export interface BlobHead {
  readonly account: string;
  readonly keyId: string;
  /** 32 hexadecimal digits. */
  readonly material: string;
}

/** Reads the head of a ciphertext; undefined when it is none of ours. */
export function readBlobHead(blob: Buffer): BlobHead | undefined {
  if (blob.length < BLOB.body + BLOB.tag || !blob.subarray(0, 4).equals(MAGIC)) return undefined;
  const flags = blob[4] ?? 0;
  if (flags > MULTI_REGION) return undefined;
  const id = blob.toString('hex', BLOB.keyId, BLOB.material);
  return {
    account: String(blob.readUIntBE(BLOB.account, 6)).padStart(12, '0'),
    keyId:
      flags === MULTI_REGION
        ? `mrk-${id}`
        : `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    material: blob.toString('hex', BLOB.material, BLOB.nonce),
  };
}

/** Writes a head; the nonce is left to whoever encrypts. */
export function writeBlobHead(blob: Buffer, account: string, keyId: string, materialId: string): void {
  const many = keyId.startsWith('mrk-');
  MAGIC.copy(blob);
  blob[4] = many ? MULTI_REGION : 0;
  blob.writeUIntBE(Number(account), BLOB.account, 6);
  blob.write(many ? keyId.slice(4) : keyId.replaceAll('-', ''), BLOB.keyId, 'hex');
  blob.write(materialId.slice(0, 32), BLOB.material, 'hex');
}
