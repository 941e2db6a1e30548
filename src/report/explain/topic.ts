import type { Control } from '../../controls/control.ts';
import { text, verbatim } from '../../kernel/texts.ts';
import type { RulePage } from '../../risk/rule-page.ts';
import { guardName } from '../guard-name.ts';
import { findingsForPeople } from '../order.ts';
import type { View } from '../text/view.ts';
import { EFFECT_WORDS, FACTOR_WORDS, RESPONSE_WORDS, SEVERITY_WORDS, STATUS_WORDS } from '../words.ts';
import type { ExplainContext } from './context.ts';
import { part } from './lines.ts';
import type { Topic } from './topics.ts';

/** A word of the method: a treatment, a factor, the owner, the inventory. */
export function explainTopic(topic: Topic, context: ExplainContext, view: View): readonly string[] {
  const { factor } = topic;
  const safeguards = context.safeguards.filter((each) => factor !== undefined && each.factor === factor);
  const rules = (context.rules ?? []).filter((each) => factor !== undefined && each.factor === factor);
  return [
    view.palette.strong(view.say(topic.title)),
    ...part(text('What it is', '内容'), topic.what, view),
    ...part(text('What it is not', '注意'), topic.not ? [topic.not] : [], view),
    ...part(
      text('Safeguards against it', '対策'),
      safeguards.map(({ id, name }) => `${view.say(name)} (${id})`),
      view,
    ),
    ...part(
      text('Risks of this kind', 'この要因のリスク'),
      rules.map(({ id, title }) => `${view.say(title)} (${id})`),
      view,
    ),
    ...part(text('Commands', 'コマンド'), (topic.commands ?? []).map(verbatim), view),
  ];
}

/** A risk rule that nothing in this environment meets, or of which nothing is known yet: by its example. */
export function explainRule(rule: RulePage, context: ExplainContext, view: View): readonly string[] {
  const { say } = view;
  const named = (safeguard: string, facet?: string) =>
    say(guardName({ safeguard, ...(facet === undefined ? {} : { facet }) }, context.safeguards));
  const limits = [...new Set(rule.lowers.map(({ safeguard }) => safeguard))].flatMap((id) => {
    const found = context.safeguards.find((each) => each.id === id);
    return found ? [`${say(found.name)}: ${say(found.doesNotStop)}`] : [];
  });
  const found = context.assessment
    ? text('Nothing in the last assessment meets it.', '直近の評価では見つかっていません。')
    : text('Nothing was assessed yet.', 'まだ評価が行われていません。');
  return [
    view.palette.strong(say(rule.title)),
    `  ${say(FACTOR_WORDS[rule.factor])} · ${rule.id}`,
    ...part(
      text('What can happen (an example)', '起こりうること(例)'),
      [rule.statement.cause, rule.statement.event, rule.statement.effect].map((each, index) =>
        index === 0 ? say(each) : `→ ${say(each)}`,
      ),
      view,
    ),
    ...part(text('Why it is likely', '起こりやすさの理由'), [rule.threat], view),
    ...part(
      text('What lowers it', 'リスクを下げるもの'),
      rule.lowers.map(
        ({ safeguard, facet, effect }) => `${named(safeguard, facet)}: ${say(EFFECT_WORDS[effect])}`,
      ),
      view,
    ),
    ...part(text('What that does not do', 'それでは防げないこと'), limits, view),
    ...part(
      text('Would be seen by', '気づく手段'),
      rule.seenBy.map((id) => named(id)),
      view,
    ),
    ...part(text('Usual proposal', '通常の提案'), [RESPONSE_WORDS[rule.response]], view),
    ...part(text('Here', 'この環境'), [found], view),
  ];
}

/** The controls of one service, with what they found. */
export function explainFamily(
  family: string,
  controls: readonly Control[],
  context: ExplainContext,
  view: View,
): readonly string[] {
  const ids = new Set(controls.map(({ id }) => id));
  const found = findingsForPeople(
    (context.assessment?.findings ?? []).filter(
      ({ control, status }) => ids.has(control) && (status === 'FAIL' || status === 'UNKNOWN'),
    ),
  );
  const title = text(
    `Controls of ${family}: ${controls.length}`,
    `${family}のコントロール: ${controls.length}件`,
  );
  return [
    view.palette.strong(view.say(title)),
    ...part(
      text('What they ask', '内容'),
      controls.map(
        ({ id, title: name, severity }) => `${id} ${view.say(name)} (${view.say(SEVERITY_WORDS[severity])})`,
      ),
      view,
    ),
    ...part(
      text('What they found', '判定結果'),
      found.map(
        (each) =>
          `${view.say(STATUS_WORDS[each.status])} ${each.control} ${view.name(each.resource)}: ${view.say(each.because)}`,
      ),
      view,
    ),
  ];
}
