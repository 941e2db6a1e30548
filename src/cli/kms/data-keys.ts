import type { KMSClient, KMSClientConfig } from '@aws-sdk/client-kms';
import { DATA_KEY_BYTES, type DataKeys, type EncryptionContext } from '../../envelope/index.ts';
import type { KmsClientOptions } from './client-options.ts';
import { kmsRefusal } from './refusal.ts';

/** A KMS that takes a connection and never answers must not hold up whoever waits for a key. */
const PATIENCE = { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true } as const;

/**
 * Data keys of any KMS endpoint, AWS's or Honmaru's, by the official client: it finds credentials, region
 * and endpoint as every AWS tool does.
 *
 * Each of its calls rejects with an InputError `kms-…` that says what the KMS answered and what to do.
 */
export function kmsDataKeys(options: KmsClientOptions): DataKeys {
  return {
    async generate(keyId, context) {
      const { client, GenerateDataKeyCommand } = await open(options, keyId);
      const answer = await asking(
        keyId,
        client.send(
          new GenerateDataKeyCommand({
            KeyId: keyId,
            KeySpec: 'AES_256',
            EncryptionContext: pairsOf(context),
          }),
        ),
      );
      const { KeyId = keyId, CiphertextBlob } = answer;
      return { keyId: KeyId, plaintext: plaintextOf(answer), encrypted: Buffer.from(CiphertextBlob ?? []) };
    },
    async open({ keyId, encrypted, context }) {
      const { client, DecryptCommand } = await open(options, keyId);
      const answer = await asking(
        keyId,
        client.send(
          new DecryptCommand({
            KeyId: keyId,
            CiphertextBlob: encrypted,
            EncryptionContext: pairsOf(context),
          }),
        ),
      );
      return plaintextOf(answer);
    },
  };
}

async function open(options: KmsClientOptions, keyId: string) {
  const { KMSClient, GenerateDataKeyCommand, DecryptCommand } = await import('@aws-sdk/client-kms');
  const region = options.region ?? regionOf(keyId);
  const config: KMSClientConfig = {
    ...options,
    requestHandler: PATIENCE,
    ...(region !== undefined && { region }),
  };
  const client: KMSClient = new KMSClient(config);
  return { client, GenerateDataKeyCommand, DecryptCommand };
}

/** The region within `arn:aws:kms:REGION:…`. */
function regionOf(keyId: string): string | undefined {
  const [arn, , service, region] = keyId.split(':');
  return arn === 'arn' && service === 'kms' && region ? region : undefined;
}

async function asking<T>(keyId: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw kmsRefusal(error, keyId);
  }
}

/** Takes the key out of an answer, of which nothing stays behind. */
function plaintextOf({ Plaintext }: { readonly Plaintext?: Uint8Array | undefined }): Buffer {
  if (Plaintext?.length !== DATA_KEY_BYTES) throw new Error('the KMS answered without a key of 256 bits');
  const plaintext = Buffer.from(Plaintext);
  Plaintext.fill(0);
  return plaintext;
}

function pairsOf(context: EncryptionContext): Record<string, string> | undefined {
  return context.size > 0 ? Object.fromEntries(context) : undefined;
}
