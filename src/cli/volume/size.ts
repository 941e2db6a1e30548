import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

const FACTORS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['K', 2 ** 10],
  ['M', 2 ** 20],
  ['G', 2 ** 30],
  ['T', 2 ** 40],
]);

/**
 * Bytes in words such as `512M`, `10G` or `1GiB`; powers of 1,024.
 *
 * @throws UsageError `volume-size`
 */
export function sizeOf(word: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,15})([KMGT]?)(?:iB)?$/.exec(word) ?? [];
  const factor = FACTORS.get(unit);
  if (digits !== '' && factor !== undefined) return Number(digits) * factor;
  throw new UsageError({
    code: 'volume-size',
    message: text(
      `"${word}" is no size; write 512M, 10G or 1T`,
      `「${word}」はサイズではありません。512M、10G、1T のように指定してください`,
    ),
  });
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const;

/** `10 GiB`, or bytes where it is no whole number of a larger unit. */
export function shownSize(size: number): string {
  let rest = size;
  let unit = 0;
  while (rest % 1024 === 0 && rest > 0 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${rest} ${UNITS[unit]}B`;
}
