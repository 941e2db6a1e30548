import type { MapLabel } from '../../../src/api/contract.ts';

const WIDE = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
const SIGN = /[●◐✕·]/;

/** Lines that were broken to fit into a box as one text again: no blank stands between Japanese characters. */
export function joinLines(lines: readonly Pick<MapLabel, 'text' | 'style'>[]): string {
  return lines.reduce((text, { text: line, style }, at) => {
    if (at === 0) return line;
    const before = text.slice(-1);
    const after = line.slice(0, 1);
    const apart = style !== lines[at - 1]?.style || SIGN.test(before) || SIGN.test(after);
    return !apart && (WIDE.test(before) || WIDE.test(after)) ? text + line : `${text} ${line}`;
  }, '');
}
