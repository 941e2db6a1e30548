import { joinTexts, text, verbatim } from '../../kernel/texts.ts';
import type { Safeguard } from '../../safeguards/safeguard.ts';
import type { View } from '../text/view.ts';
import { EFFECT_WORDS, FACTOR_WORDS, PRICE_WORDS, STATE_MARKS, STATE_WORDS } from '../words.ts';
import type { ExplainContext } from './context.ts';
import { at, part } from './lines.ts';
import { patchLines } from './patch.ts';

/** A safeguard: what it stops and what not, what it is confused with, its price, and its state at each place. */
export function explainSafeguard(
  safeguard: Safeguard,
  context: ExplainContext,
  view: View,
): readonly string[] {
  const { say } = view;
  const report = context.assessment?.safeguards.find(({ id }) => id === safeguard.id);
  const attachments = report?.attachments ?? [];
  const open = attachments.find(({ state }) => state === 'off' || state === 'partial' || state === 'unknown');
  const place = open && context.graph?.get(open.resource);
  const facets = joinTexts((safeguard.facets ?? []).map(({ name }) => name));
  return [
    view.palette.strong(say(safeguard.name)),
    `  ${say(FACTOR_WORDS[safeguard.factor])} · ${say(EFFECT_WORDS[safeguard.effect])} · ${say(PRICE_WORDS[safeguard.price])} · ${safeguard.id}`,
    ...part(text('What it stops', '防げること'), [safeguard.stops], view),
    ...part(text('What it does not stop', '防げないこと'), [safeguard.doesNotStop], view),
    ...part(
      text('Often confused with', '混同されやすいもの'),
      safeguard.confusedWith ? [safeguard.confusedWith] : [],
      view,
    ),
    ...part(
      text('Parts that are on or off by themselves', '個別に有効になる部分'),
      safeguard.facets?.length ? [facets] : [],
      view,
    ),
    ...part(text('Where it attaches', '適用する場所'), [verbatim(safeguard.attachesTo.join(', '))], view),
    ...part(
      text('Its state here', 'この環境での状態'),
      attachments.map(
        ({ resource, state, because, source }) =>
          `${STATE_MARKS[state]} ${view.name(resource)}: ${say(STATE_WORDS[state])} — ${say(because)}${at(source, view)}`,
      ),
      view,
    ),
    ...(place && context.graph
      ? patchLines(safeguard.remedy(context.graph, place), { graph: context.graph, resource: place }, view)
      : []),
  ];
}
