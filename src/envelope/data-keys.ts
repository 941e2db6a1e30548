/** What a data key is bound to; the same pairs must be named when it is opened. Never secret. */
export type EncryptionContext = ReadonlyMap<string, string>;

/** A fresh data key, once in the clear and once under a KMS key. */
export interface DataKey {
  /** The ARN of the KMS key, as its owner names it. */
  readonly keyId: string;
  /** 32 bytes. Whoever receives them overwrites them when keys are derived. */
  readonly plaintext: Buffer;
  readonly encrypted: Buffer;
}

/** A data key that is to be opened again. */
export interface SealedDataKey {
  readonly keyId: string;
  readonly encrypted: Uint8Array;
  readonly context: EncryptionContext;
}

/** Whoever makes and opens data keys of 256 bits: KMS, or its stand-in in a test. */
export interface DataKeys {
  /** GenerateDataKey of the AWS KMS API Reference. */
  generate(keyId: string, context: EncryptionContext): Promise<DataKey>;
  /** Decrypt of the AWS KMS API Reference; rejects where the key, its policy or the context says no. */
  open(sealed: SealedDataKey): Promise<Buffer>;
}

export const DATA_KEY_BYTES = 32;
