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
 * slashes and dots, at humps of camel case and between full-width characters; what does not fit ends in `…`.
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

const PIECES =
  /[(「（[]*(?:[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef][、。」)）ー:：]*|[A-Z]?[a-z0-9]+[-/._:,;)\] ]*|[A-Z]+(?![a-z])[-/._:,;)\] ]*|.)/gsu;

function breakable(value: string): readonly string[] {
  return value.match(PIECES) ?? [];
}
