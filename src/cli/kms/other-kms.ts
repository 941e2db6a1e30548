import { KEEPER_CONTEXT, type KmsSeal, kmsSealOf } from '../../keeper/client/index.ts';
import type { KmsClientOptions } from './client-options.ts';
import { kmsDataKeys } from './data-keys.ts';

/** A key for the seal, with its form that only the other KMS opens. */
export interface KeyUnderKms {
  /** Base64. */
  readonly words: string;
  /** JSON of {@link KmsSeal}. */
  readonly facts: string;
}

/**
 * A data key of another KMS (of AWS, or of another Honmaru). It is asked at once to decrypt it too, so that nobody seals
 * with a key that does not open.
 *
 * @param rootId bound to the key, so that a KMS refuses that hangs on this very seal.
 * @throws InputError `kms-…` what the other KMS refuses.
 */
export async function newKeyUnderKms(
  keyId: string,
  options: KmsClientOptions,
  rootId: string,
): Promise<KeyUnderKms> {
  const keys = kmsDataKeys(options);
  const made = await keys.generate(keyId, bindingOf(rootId));
  const opened = await keys.open({ ...made, context: bindingOf(rootId) });
  if (!opened.equals(made.plaintext)) throw new Error('the other KMS decrypts another key than it made');
  const facts: KmsSeal = {
    ...options,
    keyId: made.keyId,
    ciphertext: made.encrypted.toString('base64'),
    boundTo: rootId,
  };
  return { words: made.plaintext.toString('base64'), facts: JSON.stringify(facts) };
}

/** What unseals a data directory that is sealed by another KMS: it is asked now. @throws InputError `kms-…` */
export async function wordsOfOtherKms(data: string): Promise<string> {
  const seal = kmsSealOf(data);
  if (!seal) return '';
  const { keyId, ciphertext, boundTo, ...options } = seal;
  const key = await kmsDataKeys(options).open({
    keyId,
    encrypted: Buffer.from(ciphertext, 'base64'),
    context: bindingOf(boundTo),
  });
  return key.toString('base64');
}

function bindingOf(rootId: string): ReadonlyMap<string, string> {
  return new Map([[KEEPER_CONTEXT, rootId]]);
}
