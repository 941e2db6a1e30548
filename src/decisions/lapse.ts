import { joinTexts, type Text, text } from '../kernel/texts.ts';
import type { DecidedEntry, LapseReason } from '../model/decision.ts';
import type { Risk } from '../model/risk.ts';
import { factsOf, fingerprintOf } from '../risk/fingerprint.ts';
import { riskShown } from './entry.ts';
import { endOf } from './treatment.ts';

const FACTS = ['class', 'path', 'safeguards', 'findings'] as const;

/**
 * Why an approved treatment holds no more; nothing when it does. The last day counts for every response;
 * the facts bind an acceptance only, because what reduces a risk changes them.
 *
 * @param risk as it is now; undefined where it is gone.
 */
export function lapseReasons(
  decision: DecidedEntry,
  risk: Risk | undefined,
  now: Date,
): readonly LapseReason[] {
  const { treatment } = decision;
  const reasons: LapseReason[] = [];
  if (now.getTime() < Date.parse(decision.at)) reasons.push('clock');
  if (treatment.until !== undefined && !(endOf(treatment.until) > now)) reasons.push('date');
  if (!risk) reasons.push('gone');
  else if (treatment.response === 'accept') reasons.push(...changedFacts(decision, risk));
  return reasons;
}

function changedFacts(decision: DecidedEntry, risk: Risk): readonly LapseReason[] {
  if (decision.shown.fingerprint === fingerprintOf(risk)) return [];
  const shown = riskShown(decision);
  if (!shown) return ['facts'];
  const [before, after] = [factsOf(shown), factsOf(risk)];
  const changed = FACTS.filter((kind) => before[kind].join('\n') !== after[kind].join('\n'));
  return changed.length === 0 ? ['facts'] : changed;
}

/** The reasons in words. */
export function lapseText(reasons: readonly LapseReason[], until: string | undefined): Text {
  return joinTexts(reasons.map((reason) => (reason === 'date' ? dateText(until) : WORDS[reason])));
}

function dateText(until = ''): Text {
  return text(`its last day was ${until}`, `期限(${until})を過ぎました`);
}

const WORDS: Readonly<Record<Exclude<LapseReason, 'date'>, Text>> = {
  class: text('the class of an asset has changed', '資産の重要度が変わりました'),
  path: text('the path to the event has changed', '事象に至る経路が変わりました'),
  safeguards: text('the state of a safeguard has changed', '対策の状態が変わりました'),
  findings: text('the findings have changed', '検査結果が変わりました'),
  facts: text('the facts that were accepted have changed', '受容したときの事実が変わりました'),
  gone: text('the environment has this risk no more', '環境にこのリスクはもうありません'),
  clock: text('the clock is behind the decision', '時計が決定の時刻より遅れています'),
};
