/** The characters that YAML's structure is made of, as UTF-16 code units. */
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const DOUBLE = 0x22;
export const HASH = 0x23;
export const SINGLE = 0x27;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const QUESTION = 0x3f;
export const BANG = 0x21;
export const LIST = 0x5b;
export const LIST_END = 0x5d;
export const MAP = 0x7b;
export const MAP_END = 0x7d;
export const LITERAL = 0x7c;
export const FOLDED = 0x3e;

/** Whether a code unit ends a word: a blank, a line end, or the end of the text (NaN). */
export function isBlank(code: number): boolean {
  return code === SPACE || code === NEWLINE || Number.isNaN(code);
}

/** The offset of the first character from here on that is no space. */
export function skipSpaces(source: string, from: number): number {
  let at = from;
  while (source.charCodeAt(at) === SPACE) at += 1;
  return at;
}

/** The offset of the line feed that ends the line of an offset, or of the end of the text. */
export function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}
