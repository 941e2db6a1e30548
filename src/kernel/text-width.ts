/**
 * How wide text is and where it may break. East Asian wide and fullwidth characters take two columns
 * (Unicode Standard Annex 11), combining marks and format characters none.
 */
const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Columns that a text takes in a terminal. */
export function displayWidth(value: string): number {
  let width = 0;
  for (const character of value) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return code === 0xad ? 0 : 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const UNPRINTABLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/**
 * A text from a stranger as one harmless line: control characters (terminal escapes among them) and
 * characters that turn the writing direction become U+FFFD; line breaks and tabs become spaces.
 */
export function printable(value: string): string {
  return value.replace(/[\t\r\n]+/g, ' ').replace(UNPRINTABLE, '\ufffd');
}

/** Pads a text with spaces on the right up to a number of columns; longer text stays as it is. */
export function padColumns(value: string, columns: number): string {
  return value + ' '.repeat(Math.max(0, columns - displayWidth(value)));
}

/** Cuts a text to a number of columns, ending in `…` when something was cut. */
export function cutColumns(value: string, columns: number): string {
  if (displayWidth(value) <= columns) return value;
  let out = '';
  let width = 0;
  for (const character of value) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    out += character;
  }
  return `${out.trimEnd()}…`;
}

/**
 * Breaks a text into lines of at most so many columns: at spaces, and between wide characters except
 * before closing and after opening punctuation (the line-start and line-end rules of Japanese). A word
 * that is longer than a line is cut.
 */
export function wrapColumns(value: string, columns: number): readonly string[] {
  const limit = Math.max(4, columns);
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(value)) {
    let rest = piece;
    if (line !== '' && displayWidth(line) + displayWidth(rest.trimEnd()) > limit) {
      lines.push(line.trimEnd());
      line = '';
    }
    while (displayWidth(rest.trimEnd()) > limit) {
      const head = takeColumns(rest, limit);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line += line === '' ? rest.trimStart() : rest;
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

function takeColumns(value: string, columns: number): string {
  let out = '';
  let width = 0;
  for (const character of value) {
    width += characterWidth(character);
    if (width > columns) break;
    out += character;
  }
  return out;
}

const CLOSING = /^[、。，．・：；？！」』）】〕》〉”’ー…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.:;?!\]}%]$/u;
const OPENING = /[「『（【〔《〈“‘([{]$/u;

/** The unbreakable pieces of a text, each with the spaces that follow it. */
function pieces(value: string): readonly string[] {
  const found: string[] = [];
  let current = '';
  let previousWide = false;
  for (const character of value) {
    const wide = characterWidth(character) === 2;
    const closes = CLOSING.test(character);
    const startsPiece =
      current !== '' &&
      !closes &&
      character !== ' ' &&
      (current.endsWith(' ') || ((wide || previousWide) && !OPENING.test(current)));
    if (startsPiece) {
      found.push(current);
      current = '';
    }
    current += character;
    if (character !== ' ') previousWide = wide;
  }
  if (current !== '') found.push(current);
  return found;
}
