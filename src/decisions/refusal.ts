import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';

/** Why somebody may not enter something into a history, in both languages. */
export function refusal(code: string, [en, ja]: readonly [string, string]): HonmaruError {
  return new HonmaruError({ code, message: text(en, ja) });
}
