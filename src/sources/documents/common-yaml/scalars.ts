import {
  COLON,
  COMMA,
  DASH,
  DOUBLE,
  HASH,
  isBlank,
  LIST,
  LIST_END,
  MAP,
  MAP_END,
  NEWLINE,
  QUESTION,
  SINGLE,
  SPACE,
  TAB,
} from './characters.ts';
import { uncommon } from './uncommon.ts';

/** A scalar on one line, as it stands there. */
export interface LineScalar {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly quote?: '"' | "'";
}

/** Signs with which no plain scalar of the common form begins (YAML 1.2.2, rule 123 `ns-plain-first`). */
const NOT_FIRST = new Set([...'&*!|>%@`,[]{}#\t'].map((sign) => sign.charCodeAt(0)));

/**
 * Reads the scalar that begins at an offset and ends on its line.
 *
 * @param inFlow whether brackets and commas end it
 * @throws Uncommon where it goes over several lines, or is written with an escape that is seldom used.
 */
export function lineScalar(source: string, at: number, inFlow: boolean): LineScalar {
  const first = source.charCodeAt(at);
  if (first === DOUBLE) return doubleQuoted(source, at);
  if (first === SINGLE) return singleQuoted(source, at);
  return plain(source, at, inFlow);
}

function plain(source: string, start: number, inFlow: boolean): LineScalar {
  const first = source.charCodeAt(start);
  if (Number.isNaN(first) || NOT_FIRST.has(first)) return uncommon();
  const isIndicator = first === DASH || first === QUESTION || first === COLON;
  const second = source.charCodeAt(start + 1);
  if (isIndicator && (isBlank(second) || (inFlow && isFlowSign(second)))) return uncommon();
  let end = start;
  for (let at = start; ; at += 1) {
    const code = source.charCodeAt(at);
    if (code === NEWLINE || Number.isNaN(code)) break;
    if (code === TAB) return uncommon();
    if (code === SPACE) {
      if (source.charCodeAt(at + 1) === HASH) break;
      continue;
    }
    if (code === COLON) {
      const next = source.charCodeAt(at + 1);
      if (isBlank(next)) break;
      if (inFlow && isFlowSign(next)) return uncommon();
    }
    if (inFlow && isFlowSign(code)) break;
    end = at + 1;
  }
  return { start, end, value: source.slice(start, end) };
}

function isFlowSign(code: number): boolean {
  return code === COMMA || code === LIST || code === LIST_END || code === MAP || code === MAP_END;
}

function singleQuoted(source: string, start: number): LineScalar {
  let at = start + 1;
  let end = source.indexOf("'", at);
  while (end >= 0 && source.charCodeAt(end + 1) === SINGLE) {
    at = end + 2;
    end = source.indexOf("'", at);
  }
  if (end < 0) return uncommon();
  const written = source.slice(start + 1, end);
  if (written.includes('\n')) return uncommon();
  return { start, end: end + 1, value: written.replaceAll("''", "'"), quote: "'" };
}

function doubleQuoted(source: string, start: number): LineScalar {
  let end = source.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(source, end, start)) end = source.indexOf('"', end + 1);
  if (end < 0) return uncommon();
  const written = source.slice(start + 1, end);
  if (written.includes('\n')) return uncommon();
  const value = written.includes('\\') ? written.replaceAll(ESCAPE, unescaped) : written;
  return { start, end: end + 1, value, quote: '"' };
}

/** Whether an odd number of backslashes stands before a quote. */
function isEscaped(source: string, quote: number, start: number): boolean {
  let at = quote - 1;
  while (at > start && source[at] === '\\') at -= 1;
  return (quote - 1 - at) % 2 === 1;
}

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)?/g;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\t', '\t'],
  ['\\r', '\r'],
  ['\\b', '\b'],
  ['\\f', '\f'],
  ['\\"', '"'],
  ['\\/', '/'],
  ['\\\\', '\\'],
]);

function unescaped(written: string): string {
  if (written.length === 6) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  return ESCAPES.get(written) ?? uncommon();
}
