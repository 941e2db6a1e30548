import { timingSafeEqual } from 'node:crypto';
import { byteReader, piecesOf } from './byte-reader.ts';
import { type ChunkCipher, chunkCipher, TAG_BYTES } from './chunk-cipher.ts';
import type { DataKeys, EncryptionContext } from './data-keys.ts';
import { derivedKey, headerTag } from './derived-keys.ts';
import { badHeader, changedChunk, changedHeader, truncated, unexpected } from './errors.ts';
import {
  decodeHeader,
  type EnvelopeHeader,
  HEADER_TAG_BYTES,
  headerLength,
  PRELUDE_BYTES,
} from './header.ts';
import { CHUNKS_PURPOSE, HEADER_PURPOSE } from './purposes.ts';

/** What the caller insists on; without it any sound file of any key is opened. */
export interface Expected {
  /** The ARN of the key that must have sealed the file. */
  readonly keyId?: string;
  /** Pairs that its encryption context must have. */
  readonly context?: EncryptionContext;
}

export interface Opened {
  readonly header: EnvelopeHeader;
  /** Verified chunks only; ends with an error where the file was changed or cut off. */
  readonly plaintext: AsyncGenerator<Buffer>;
}

/**
 * Opens an envelope: reads and checks its header, has the data key opened, and decrypts chunk by chunk.
 * What the caller expects is checked before the data key is asked for.
 *
 * @throws InputError `envelope-format`, `envelope-header`, `envelope-header-changed` or
 *   `envelope-unexpected`; its plaintext `envelope-changed` or `envelope-truncated`; and whatever
 *   `dataKeys` rejects with.
 */
export async function opened(
  source: AsyncIterable<Uint8Array>,
  dataKeys: Pick<DataKeys, 'open'>,
  expected: Expected = {},
): Promise<Opened> {
  const reader = byteReader(source);
  const prelude = await reader.read(PRELUDE_BYTES);
  const length = headerLength(prelude);
  const whole = Buffer.concat([prelude, await reader.read(length - PRELUDE_BYTES)]);
  if (whole.length < length) throw badHeader('it is cut off', '途中で切れています');
  const head = whole.subarray(0, length - HEADER_TAG_BYTES);
  const header = decodeHeader(head);
  checkExpected(header, expected);
  const { keyId, context, salt } = header;
  const dataKey = await dataKeys.open({ keyId, encrypted: header.encryptedDataKey, context });
  const tag = headerTag(derivedKey(dataKey, salt, HEADER_PURPOSE), head);
  const chunks = chunkCipher(derivedKey(dataKey, salt, CHUNKS_PURPOSE), whole);
  dataKey.fill(0);
  if (!timingSafeEqual(tag, whole.subarray(head.length))) throw changedHeader();
  return { header, plaintext: plaintextOf(reader.rest(), chunks, header.chunkBytes) };
}

async function* plaintextOf(
  source: AsyncIterable<Uint8Array>,
  chunks: ChunkCipher,
  chunkBytes: number,
): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { bytes, last } of piecesOf(source, chunkBytes + TAG_BYTES)) {
    const plaintext = chunks.open(index, last, bytes);
    if (plaintext === undefined) throw refusal(chunks, index, last, bytes);
    // One way to write each file: the last chunk is empty only where the file is.
    if (plaintext.length === 0 && index > 0) throw changedChunk(index);
    yield plaintext;
    index += 1;
  }
}

/** A file that ends behind a whole chunk, or within one, was cut off; anything else was changed. */
function refusal(chunks: ChunkCipher, index: number, last: boolean, bytes: Buffer): Error {
  if (!last) return changedChunk(index);
  if (bytes.length < TAG_BYTES) return truncated(index);
  return chunks.open(index, false, bytes) === undefined ? changedChunk(index) : truncated(index + 1);
}

function checkExpected(header: EnvelopeHeader, expected: Expected): void {
  if (expected.keyId !== undefined && expected.keyId !== header.keyId) {
    throw unexpected(
      `the file is under the key ${header.keyId}, not under ${expected.keyId}`,
      `このファイルのキーは ${header.keyId} です(指定:${expected.keyId})`,
    );
  }
  for (const [name, value] of expected.context ?? []) {
    if (header.context.get(name) === value) continue;
    throw unexpected(
      `the encryption context of the file does not say ${name}=${value}`,
      `ファイルの暗号化コンテキストに ${name}=${value} がありません`,
    );
  }
}
