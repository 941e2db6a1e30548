import { type Text, text } from '../kernel/texts.ts';
import type { Assurance, DecisionState, RiskDecision } from '../model/decision.ts';

/** Where a risk stands, in the words of every report. */
export const DECISION_WORDS: Readonly<Record<DecisionState, Text>> = {
  undecided: text('undecided', '未決定'),
  proposed: text('proposed', '提案中'),
  rejected: text('rejected', '却下'),
  accepted: text('accepted', '受容'),
  reducing: text('being reduced', '低減中'),
  transferred: text('transferred', '移転'),
  avoided: text('avoided', '回避'),
  lapsed: text('lapsed', '失効'),
  closed: text('closed', '完了'),
};

export const ASSURANCE_WORDS: Readonly<Record<Assurance, Text>> = {
  signed: text('signed', '署名あり'),
  confirmed: text('confirmed, not signed', '確認済み・署名なし'),
  unsigned: text('unsigned', '署名なし'),
};

/** How sure it is who decided, self-approval (自己承認) beside it; nothing where nobody decided. */
export function assuranceText({ decidedBy, assurance, selfApproved }: RiskDecision): Text | undefined {
  if (decidedBy === undefined) return undefined;
  const word = ASSURANCE_WORDS[assurance ?? 'unsigned'];
  return selfApproved ? text(`${word.en}, self-approved`, `${word.ja}・自己承認`) : word;
}

/** The day of an ISO 8601 instant. */
export function dayOf(instant: string | undefined): string {
  return instant?.slice(0, 10) ?? '';
}

/** Whether somebody has to look again: a decision that held and holds no more. */
export function isLapsed({ status }: RiskDecision): boolean {
  return status === 'lapsed';
}

/** Why a decision that was made does not count, as a sentence; nothing where it does. */
export function doubtText({ doubt, counts }: RiskDecision): Text | undefined {
  return doubt && !counts ? text(`does not count: ${doubt.en}`, `無効: ${doubt.ja}`) : undefined;
}

/** The state in a few words, for a cell: one that does not count says so. */
export function stateText(decision: RiskDecision | undefined): Text {
  if (!decision) return DECISION_WORDS.undecided;
  const word = DECISION_WORDS[decision.status];
  return doubtText(decision) ? text(`${word.en} (does not count)`, `${word.ja}(無効)`) : word;
}

/** Whether anything was ever said about the risk. */
export function isTouched({ status }: RiskDecision): boolean {
  return status !== 'undecided';
}

/** The decisions by the risk that they are about. */
export function decisionsByRisk(
  decisions: readonly RiskDecision[] | undefined,
): ReadonlyMap<string, RiskDecision> {
  return new Map((decisions ?? []).map((each) => [each.risk, each]));
}

/** One decision on one line: `accepted until 2027-03-31 by Sato (2026-11-24, signed)`. */
export function decisionLine(decision: RiskDecision): Text {
  const word = DECISION_WORDS[decision.status];
  const { until, decidedBy, proposedBy, why } = decision;
  const assurance = assuranceText(decision);
  const en = [word.en];
  const ja = [word.ja];
  if (until !== undefined) {
    en.push(`until ${until}`);
    ja.push(`${until}まで`);
  }
  if (decidedBy !== undefined) {
    const day = dayOf(decision.decidedAt);
    en.push(`by ${decidedBy} (${[day, assurance?.en].filter(Boolean).join(', ')})`);
    ja.push(`決定者 ${decidedBy}(${[day, assurance?.ja].filter(Boolean).join('、')})`);
  } else if (proposedBy !== undefined) {
    const day = dayOf(decision.proposedAt);
    en.push(`by ${proposedBy} (${day})`);
    ja.push(`提案者 ${proposedBy}(${day})`);
  }
  const because = why ?? doubtText(decision);
  if (!because) return text(en.join(' '), ja.join(' '));
  return text(`${en.join(' ')}: ${because.en}`, `${ja.join(' ')}: ${because.ja}`);
}
