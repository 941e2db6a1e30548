import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { minimalSets } from '../risk/minimal-sets.ts';
import { guardName } from './guard-name.ts';
import type { Namer } from './names.ts';

const MOST_SETS = 6;

/** The smallest sets of safeguards at places that bring a risk into a lower band, each as a sentence part. */
export function loweringSets(
  risk: Risk,
  safeguards: readonly Pick<SafeguardReport, 'id' | 'name'>[],
  name: Namer,
): readonly Text[] {
  return minimalSets(risk.scoring)
    .slice(0, MOST_SETS)
    .map((set) =>
      joinTexts(
        set.map((guard) => {
          const title = guardName(guard, safeguards);
          const place = name(guard.place);
          return text(`${title.en} at ${place.en}`, `${place.ja}の${title.ja}`);
        }),
        text(' and ', ' と '),
      ),
    );
}
