import { SerializationError } from '../serialization-error.ts';
import { layOut, MOST_LAID_OUT, scratch } from './json-scan.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const TILDE = 0x7e;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Parses a JSON body. Nesting is counted before anything is parsed.
 *
 * @throws SerializationError when it is no JSON, no UTF-8, or nested deeper than `depth`.
 */
export function parseJsonBody(body: Uint8Array, depth: number): unknown {
  if (body.byteLength === 0) return {};
  const text = textOf(body, depth);
  try {
    return JSON.parse(text);
  } catch {
    throw new SerializationError('the body is not JSON');
  }
}

/** The text of a body that is not nested deeper. Few bodies have as many brackets as need looking into. */
function textOf(body: Uint8Array, depth: number): string {
  if (body.byteLength > MOST_LAID_OUT) return shallow(decoded(body), depth);
  const { open, isAscii } = layOut(body);
  const text = isAscii ? scratch.latin1Slice(0, body.byteLength) : decoded(body);
  return open > depth ? shallow(text, depth) : text;
}

/** @throws SerializationError */
function shallow(text: string, depth: number): string {
  if (nestedDeeper(text, depth)) throw new SerializationError('the body is nested too deeply');
  return text;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new SerializationError('the body is not JSON');
  }
}

function nestedDeeper(text: string, depth: number): boolean {
  let level = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === BACKSLASH) index += 1;
      else if (unit === QUOTE) inString = false;
    } else if (unit === QUOTE) inString = true;
    else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      level += 1;
      if (level > depth) return true;
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) level -= 1;
  }
  return false;
}

const PLAIN = /^[ !#-[\]-~]*$/;
/** Up to here a loop is quicker than the regular expression, and from there on V8's own writer. */
const SHORT = 20;
const LONG = 200;

/** Whether it is a text without quotes, backslashes and control characters, which only wants quotes to be JSON. */
export function isPlain(value: unknown): value is string {
  if (typeof value !== 'string' || value.length >= LONG) return false;
  return value.length > SHORT ? PLAIN.test(value) : isPlainShort(value);
}

function isPlainShort(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < SPACE || unit === QUOTE || unit === BACKSLASH || unit > TILDE) return false;
  }
  return true;
}

/** A text as JSON. */
export function jsonText(text: string): string {
  return isPlain(text) ? `"${text}"` : JSON.stringify(text);
}
