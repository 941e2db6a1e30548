import type { SimpleShape, TimestampFormat } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { formatOf, readTimestamp, writeTimestamp } from './timestamp.ts';

const NUMBER = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,4})?$/;
const PADDING = 0x3d;
const INTEGER = /^[+-]?\d{1,400}$/;

/**
 * Reads base 64 with its padding (RFC 4648, section 4). Node's decoder passes over what is none and takes the
 * alphabet of URLs as well: the number of bytes tells the one, a search the other.
 *
 * @throws SerializationError
 */
export function readBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== encodedBytes(text) || text.includes('-') || text.includes('_')) {
    throw new SerializationError('a blob is not base 64');
  }
  return bytes;
}

/** How many bytes a text of base 64 stands for; -1 when its length is none that such a text has. */
function encodedBytes(text: string): number {
  const { length } = text;
  if (length % 4 !== 0) return -1;
  if (text.charCodeAt(length - 1) !== PADDING) return (length / 4) * 3;
  return (length / 4) * 3 - (text.charCodeAt(length - 2) === PADDING ? 2 : 1);
}

/**
 * Reads a simple value from its text, as it stands in a query, a header, a label or an XML element.
 *
 * @throws SerializationError
 */
export function readText(shape: SimpleShape, text: string, timestamps: TimestampFormat): unknown {
  switch (shape.kind) {
    case 'string':
      return text;
    case 'number':
      return readNumber(text);
    case 'boolean':
      return readBoolean(text);
    case 'blob':
      return readBase64(text);
    case 'timestamp':
      return readTimestamp(text.trim(), formatOf(shape, timestamps));
    case 'big-integer':
      if (!INTEGER.test(text)) throw new SerializationError('a number is malformed');
      return BigInt(text);
    case 'big-decimal':
      if (!NUMBER.test(text)) throw new SerializationError('a number is malformed');
      return text;
    case 'document':
    case 'unit':
      throw new SerializationError('a value stands where none can');
  }
}

function readNumber(text: string): number {
  if (text === 'NaN') return Number.NaN;
  if (text === 'Infinity') return Number.POSITIVE_INFINITY;
  if (text === '-Infinity') return Number.NEGATIVE_INFINITY;
  if (!NUMBER.test(text)) throw new SerializationError('a number is malformed');
  return Number(text);
}

function readBoolean(text: string): boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new SerializationError('a boolean is neither true nor false');
}

/** Writes a simple value as text. */
export function writeText(shape: SimpleShape, value: unknown, timestamps: TimestampFormat): string {
  switch (shape.kind) {
    case 'timestamp':
      return writeTimestamp(value, formatOf(shape, timestamps));
    case 'blob':
      return bytesOf(value).toString('base64');
    default:
      return String(value);
  }
}

/** The bytes of a blob, which a handler may also give as text. */
export function bytesOf(value: unknown): Buffer {
  if (value instanceof Buffer) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.from(String(value));
}
