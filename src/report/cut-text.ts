import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { guardName } from './guard-name.ts';
import type { Namer } from './names.ts';

/** What blocks or hinders on the path that gives the score: with the path, the reason for it. */
export function cutText(
  { cut = [] }: Risk,
  safeguards: readonly Pick<SafeguardReport, 'id' | 'name'>[],
  name: Namer,
): Text {
  if (cut.length === 0) return text('nothing blocks or hinders', 'なし');
  return joinTexts(
    cut.map((guard) => {
      const title = guardName(guard, safeguards);
      const place = name(guard.place);
      return text(`${title.en} at ${place.en}`, `${place.ja}の${title.ja}`);
    }),
  );
}
