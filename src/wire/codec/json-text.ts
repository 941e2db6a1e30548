import { isAscii } from 'node:buffer';
import { SerializationError } from '../serialization-error.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses a JSON body. Nesting is counted before anything is parsed.
 *
 * @throws SerializationError when it is no JSON, no UTF-8, or nested deeper than `depth`.
 */
export function parseJsonBody(body: Uint8Array, depth: number): unknown {
  if (body.byteLength === 0) return {};
  if (nestedDeeper(body, depth)) throw new SerializationError('the body is nested too deeply');
  try {
    return JSON.parse(textOf(body));
  } catch {
    throw new SerializationError('the body is not JSON');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Most bodies are plain ASCII, which needs no decoder. */
function textOf(body: Uint8Array): string {
  if (!isAscii(body)) return utf8.decode(body);
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}

/** A short text without quotes, backslashes and control characters is its own JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;
const SHORT = 200;

/** A text as JSON. */
export function jsonText(text: string): string {
  return text.length < SHORT && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function nestedDeeper(body: Uint8Array, depth: number): boolean {
  let level = 0;
  let inString = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      level += 1;
      if (level > depth) return true;
    } else if (byte === 0x7d || byte === 0x5d) level -= 1;
  }
  return false;
}
