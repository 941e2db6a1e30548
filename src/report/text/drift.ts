import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { DRIFT_TITLE, driftHeadline, driftSentence } from '../drift.ts';
import { showPlace } from '../show-place.ts';
import type { View } from './view.ts';

const SHOWN = 20;

/** Where the account is not as declared; nothing where only one of the two was given. */
export function driftLines({ drift }: Assessment, view: View): readonly string[] {
  if (!drift) return [];
  const rest = drift.drifts.length - SHOWN;
  return [
    view.palette.strong(view.say(DRIFT_TITLE)),
    ...view.lines(view.say(driftHeadline(drift)), 2),
    ...drift.drifts.slice(0, SHOWN).flatMap((each) => {
      const place = showPlace(each.source);
      const sentence = view.say(driftSentence(each));
      return view.lines(
        `${view.name(each.resource)}: ${sentence}${place === undefined ? '' : `  ${place}`}`,
        2,
      );
    }),
    ...(rest > 0
      ? view.lines(view.say(text(`and ${rest} more (--format json)`, `ほか${rest}件(--format json)`)), 2)
      : []),
  ];
}
