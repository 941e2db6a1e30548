import { joinTexts, type Text, text } from '../kernel/texts.ts';
import { UNSTATED } from '../model/register.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { loweringOf } from '../risk/cut.ts';
import { guardName } from './guard-name.ts';
import type { Namer } from './names.ts';

/** The smallest sets of safeguards at places that bring a risk into a lower band, each as a sentence part. */
export function loweringSets(
  risk: Risk,
  safeguards: readonly Pick<SafeguardReport, 'id' | 'name'>[],
  name: Namer,
): readonly Text[] {
  const sets = risk.lowering ?? loweringOf(risk.scoring);
  return sets
    .filter((set) => set.every(({ id }) => id !== UNSTATED))
    .map((set) =>
      joinTexts(
        set.map(({ id, place, facet }) => {
          const title = guardName({ safeguard: id, ...(facet === undefined ? {} : { facet }) }, safeguards);
          const where = name(place);
          return text(`${title.en} at ${where.en}`, `${where.ja}の${title.ja}`);
        }),
        text(' and ', ' と '),
      ),
    );
}
