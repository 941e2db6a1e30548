import { isAscii } from 'node:buffer';
import { SerializationError } from '../serialization-error.ts';
import { bytesOf } from './simple-text.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Parses a JSON body. Nesting is counted before anything is parsed.
 *
 * @throws SerializationError when it is no JSON, no UTF-8, or nested deeper than `depth`.
 */
export function parseJsonBody(body: Uint8Array, depth: number): unknown {
  if (body.byteLength === 0) return {};
  const text = textOf(body);
  if (opensMore(text, depth) && nestedDeeper(text, depth)) {
    throw new SerializationError('the body is nested too deeply');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new SerializationError('the body is not JSON');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Most bodies are plain ASCII, which needs no decoder. @throws SerializationError when it is no UTF-8. */
function textOf(body: Uint8Array): string {
  if (!isAscii(body)) return decoded(body);
  return bytesOf(body).toString('latin1');
}

/** A short text without quotes, backslashes and control characters is its own JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;
const SHORT = 200;

/** A text as JSON. */
export function jsonText(text: string): string {
  return text.length < SHORT && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function decoded(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new SerializationError('the body is not JSON');
  }
}

/** Whether there are so many brackets that they may be nested too deeply; few bodies have as many. */
function opensMore(text: string, depth: number): boolean {
  let found = 0;
  for (let at = text.indexOf('{'); at >= 0 && found <= depth; at = text.indexOf('{', at + 1)) found += 1;
  for (let at = text.indexOf('['); at >= 0 && found <= depth; at = text.indexOf('[', at + 1)) found += 1;
  return found > depth;
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
