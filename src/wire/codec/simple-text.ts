import type { SimpleShape, TimestampFormat } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { formatOf, readTimestamp, writeTimestamp } from './timestamp.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const NUMBER = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,4})?$/;
const INTEGER = /^[+-]?\d{1,400}$/;

/** Reads base 64. @throws SerializationError */
export function readBase64(text: string): Buffer {
  if (!BASE64.test(text)) throw new SerializationError('a blob is not base 64');
  return Buffer.from(text, 'base64');
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
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.from(String(value));
}
