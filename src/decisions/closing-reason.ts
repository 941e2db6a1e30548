import { type Text, text, verbatim } from '../kernel/texts.ts';

const GONE = 'the risk is gone';
const REDUCED = /^reduced to (\d{1,3})$/;

/** The reason that is recorded where the person who closes a risk gives none. */
export function closingReason(gone: boolean, value: number): string {
  return gone ? GONE : `reduced to ${value}`;
}

/** A recorded reason in both languages, as far as it is not a person's own words. */
export function closingReasonText(reason: string): Text {
  if (reason === GONE) return text(GONE, 'リスクはなくなりました');
  const [, value] = REDUCED.exec(reason) ?? [];
  return value === undefined ? verbatim(reason) : text(reason, `値が${value}まで下がりました`);
}
