import { displayWidth, printable } from '../kernel/text-width.ts';

/** How a text is set: its size in pixels and its weight. */
export interface Font {
  readonly size: number;
  readonly bold?: boolean;
}

export const LINE_HEIGHT = 1.35;

const NARROW = /[iljtfrI1.,:;'|!()[\]\- ·]/;
const BROAD = /[mwMWQ%@—…→●◐✕#&]/;
const UPPER = /[A-Z0-9_]/;

/**
 * The width of a text in pixels, on the safe side for the sans-serif fonts that browsers use when none
 * is named (DejaVu Sans is the widest of them); full-width characters take a little more than their size.
 */
export function textPixels(value: string, font: Font): number {
  let em = 0;
  for (const character of value) em += characterEm(character);
  return em * font.size * (font.bold ? 1.1 : 1);
}

function characterEm(character: string): number {
  const columns = displayWidth(character);
  if (columns === 2) return 1.04;
  if (columns === 0) return 0;
  if (NARROW.test(character)) return 0.42;
  if (BROAD.test(character)) return 1.02;
  if (UPPER.test(character)) return 0.74;
  return character < '\u0250' ? 0.64 : 1.04;
}

/**
 * Breaks a name or sentence into at most so many lines of a width in pixels. Breaks after spaces, hyphens,
 * slashes and dots, at humps of camel case and between Japanese words, but not in a short word that a colon
 * announces at the end (a state) nor before the sign of a state; what does not fit ends in `…`.
 */
export function fitText(value: string, font: Font, width: number, maximumLines: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of breakable(printable(value))) {
    if (textPixels((line + piece).trimEnd(), font) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = piece.trimStart();
    while (textPixels(line.trimEnd(), font) > width) {
      const head = startOf(line, font, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= maximumLines) return lines;
  const last = lines[maximumLines - 1] ?? '';
  return [...lines.slice(0, maximumLines - 1), `${startOf(last, font, width - textPixels('…', font))}…`];
}

function startOf(value: string, font: Font, width: number): string {
  let out = '';
  for (const character of value) {
    if (out !== '' && textPixels(out + character, font) > width) break;
    out += character;
  }
  return out;
}

/** What may not begin a line. */
const CLOSING = '[、。」)）ー:：・]*';
/** The sign of a state stays with the word before it. */
const SIGN = '(?: [●◐✕?])?';

/** Words as far as their letters tell: runs of katakana, a few kanji with their ending, camel case's humps. */
const PIECES = new RegExp(
  [
    '(?<=: )[\\u3041-\\u9fff]{1,4}$',
    `[(「（[]*(?:${[
      `[\\u30a1-\\u30fa\\u30fc]{1,9}[\\u3041-\\u3096]{0,2}${CLOSING}${SIGN} ?`,
      `[\\u3005\\u4e00-\\u9fff]{1,4}[\\u3041-\\u3096]{0,2}${CLOSING}${SIGN} ?`,
      `[\\u2e80-\\u9fff\\uac00-\\ud7a3\\uff00-\\uffef]${CLOSING}`,
      `[A-Z]?[a-z0-9]+[-/._:,;)\\]]*${CLOSING}${SIGN} *`,
      `[A-Z]+(?![a-z])[-/._:,;)\\]]*${CLOSING}${SIGN} *`,
      '.',
    ].join('|')})`,
  ].join('|'),
  'gsu',
);

function breakable(value: string): readonly string[] {
  return value.match(PIECES) ?? [];
}
