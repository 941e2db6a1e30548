import { randomBytes } from 'node:crypto';
import { piecesOf } from './byte-reader.ts';
import { chunkCipher } from './chunk-cipher.ts';
import type { DataKeys, EncryptionContext } from './data-keys.ts';
import { derivedKey, headerTag } from './derived-keys.ts';
import { encodeHeader, SALT_BYTES } from './header.ts';
import { CHUNKS_PURPOSE, HEADER_PURPOSE } from './purposes.ts';

export interface SealOptions {
  /** The KMS key: an id, ARN or alias. */
  readonly keyId: string;
  readonly context: EncryptionContext;
  /** Bytes of plaintext in a chunk: a power of two from 4 KiB to 16 MiB; 64 KiB unless told otherwise. */
  readonly chunkBytes?: number;
}

const CHUNK_BYTES = 1 << 16;

/**
 * Encrypts a stream under a data key of its own (docs/envelope.md). Memory does not grow with the stream.
 *
 * @throws InputError `envelope-header` or `envelope-too-large`, and whatever `dataKeys` rejects with.
 */
export async function* sealed(
  plaintext: AsyncIterable<Uint8Array>,
  dataKeys: DataKeys,
  options: SealOptions,
): AsyncGenerator<Buffer> {
  const { keyId, context, chunkBytes = CHUNK_BYTES } = options;
  const dataKey = await dataKeys.generate(keyId, context);
  const salt = randomBytes(SALT_BYTES);
  const encryptedDataKey = dataKey.encrypted;
  const head = encodeHeader({ chunkBytes, salt, keyId: dataKey.keyId, context, encryptedDataKey });
  const header = Buffer.concat([head, headerTag(derivedKey(dataKey.plaintext, salt, HEADER_PURPOSE), head)]);
  const chunks = chunkCipher(derivedKey(dataKey.plaintext, salt, CHUNKS_PURPOSE), header);
  dataKey.plaintext.fill(0);
  yield header;
  let index = 0;
  for await (const { bytes, last } of piecesOf(plaintext, chunkBytes)) {
    yield chunks.seal(index, last, bytes);
    index += 1;
  }
}
