import { InputError } from '../kernel/errors.ts';
import type { EncryptionContext } from './data-keys.ts';
import { badHeader, notAnEnvelope } from './errors.ts';

/** What stands at the start of an envelope, in the clear and authenticated. */
export interface EnvelopeHeader {
  /** Bytes of plaintext in each chunk but the last. */
  readonly chunkBytes: number;
  readonly salt: Buffer;
  readonly keyId: string;
  readonly context: EncryptionContext;
  readonly encryptedDataKey: Buffer;
}

export const MAGIC = Buffer.from('HMENV1\r\n', 'latin1');
export const PRELUDE_BYTES = MAGIC.length + 4;
export const SALT_BYTES = 32;
export const HEADER_TAG_BYTES = 32;
export const MOST_HEADER_BYTES = 1 << 16;
const LEAST_CHUNK_BYTES = 1 << 12;
const MOST_CHUNK_BYTES = 1 << 24;

/**
 * The bytes of a header up to its tag (docs/envelope.md).
 *
 * @throws InputError `envelope-header` when it does not fit 64 KiB.
 */
export function encodeHeader(header: EnvelopeHeader): Buffer {
  const pairs = [...header.context].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const fields = [
    uint32(header.chunkBytes),
    header.salt,
    sized(Buffer.from(header.keyId)),
    uint16(pairs.length),
    ...pairs.flat().map((word) => sized(Buffer.from(word))),
    sized(header.encryptedDataKey),
  ];
  const length = PRELUDE_BYTES + fields.reduce((total, field) => total + field.length, 0) + HEADER_TAG_BYTES;
  if (length > MOST_HEADER_BYTES) throw badHeader('it is longer than 64 KiB', '64 KiBを超えています');
  return Buffer.concat([MAGIC, uint32(length), ...fields]);
}

/**
 * How long the whole header is, tag included, told by its first twelve bytes.
 *
 * @throws InputError `envelope-format` or `envelope-header`.
 */
export function headerLength(prelude: Buffer): number {
  if (prelude.length < PRELUDE_BYTES || !prelude.subarray(0, MAGIC.length).equals(MAGIC))
    throw notAnEnvelope();
  const length = prelude.readUInt32BE(MAGIC.length);
  if (length <= PRELUDE_BYTES + HEADER_TAG_BYTES || length > MOST_HEADER_BYTES) {
    throw badHeader('its length is impossible', '長さが不正です');
  }
  return length;
}

/**
 * What the beginning of an envelope says without knowing whether it is authentic.
 *
 * @returns undefined where it is no envelope, or a damaged one.
 */
export function announcedHeader(beginning: Buffer): EnvelopeHeader | undefined {
  try {
    return decodeHeader(beginning.subarray(0, headerLength(beginning) - HEADER_TAG_BYTES));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/**
 * Reads the bytes of a header up to its tag. There is exactly one way to write a header: pairs in the order
 * of their UTF-8 bytes, none twice, nothing left over.
 *
 * @throws InputError `envelope-header`.
 */
export function decodeHeader(bytes: Buffer): EnvelopeHeader {
  const fields = fieldReader(bytes, PRELUDE_BYTES);
  const chunkBytes = fields.uint32();
  const powerOfTwo = (chunkBytes & (chunkBytes - 1)) === 0;
  if (!powerOfTwo || chunkBytes < LEAST_CHUNK_BYTES || chunkBytes > MOST_CHUNK_BYTES) {
    throw badHeader('its chunk size is impossible', 'チャンクサイズが不正です');
  }
  const salt = fields.bytes(SALT_BYTES);
  const keyId = utf8(fields.sized());
  const context = readContext(fields);
  const encryptedDataKey = fields.sized();
  if (fields.left() > 0) throw badHeader('bytes are left over', '余分なバイトがあります');
  return { chunkBytes, salt, keyId, context, encryptedDataKey };
}

function readContext(fields: FieldReader): Map<string, string> {
  const context = new Map<string, string>();
  let before: Buffer | undefined;
  for (let count = fields.uint16(); count > 0; count -= 1) {
    const name = fields.sized();
    if (before && Buffer.compare(before, name) >= 0) {
      throw badHeader('its encryption context is not in order', '暗号化コンテキストの順序が不正です');
    }
    context.set(utf8(name), utf8(fields.sized()));
    before = name;
  }
  return context;
}

interface FieldReader {
  bytes(length: number): Buffer;
  uint16(): number;
  uint32(): number;
  sized(): Buffer;
  left(): number;
}

function fieldReader(bytes: Buffer, start: number): FieldReader {
  let at = start;
  const take = (length: number) => {
    if (at + length > bytes.length) throw badHeader('a field is cut off', '項目が途中で切れています');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const uint16Field = () => take(2).readUInt16BE();
  return {
    bytes: take,
    uint16: uint16Field,
    uint32: () => take(4).readUInt32BE(),
    sized: () => take(uint16Field()),
    left: () => bytes.length - at,
  };
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    throw badHeader('a text is not UTF-8', 'UTF-8ではない文字列があります');
  }
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A field with its length in front; two bytes of length. */
function sized(bytes: Buffer): Buffer {
  if (bytes.length > 0xffff) throw badHeader('a field is longer than 64 KiB', '64 KiBを超える項目があります');
  return Buffer.concat([uint16(bytes.length), bytes]);
}
