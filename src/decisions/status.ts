import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry, DecisionState, DecisionStatus, ProposedEntry } from '../model/decision.ts';
import type { Response } from '../model/risk.ts';
import { endOf, openProposal } from './life.ts';

const IN_FORCE: Readonly<Record<Response, DecisionState>> = {
  accept: 'accepted',
  reduce: 'reducing',
  transfer: 'transferred',
  avoid: 'avoiding',
};

/**
 * Where a risk stands: the last approved treatment holds until its last day has passed or, for an
 * acceptance, the facts that were shown have changed.
 *
 * @param fingerprint of the risk as it is now.
 */
export function statusOf(history: readonly DecisionEntry[], fingerprint: string, now: Date): DecisionStatus {
  const approval = history.findLastIndex((entry) => entry.kind === 'decided' && entry.approved);
  const proposal = history[approval - 1];
  const decision = history[approval];
  if (decision?.kind !== 'decided' || proposal?.kind !== 'proposed') return withoutApproval(history);
  const { treatment } = proposal;
  const who = { treatment, decidedBy: decision.by, selfApproved: decision.selfApproved };
  const why = lapse(proposal, decision, fingerprint, now);
  return why ? { state: 'lapsed', ...who, why } : { state: IN_FORCE[treatment.response], ...who };
}

function withoutApproval(history: readonly DecisionEntry[]): DecisionStatus {
  const open = openProposal(history);
  if (open) return { state: 'proposed', treatment: open.treatment };
  return { state: history.length > 0 ? 'rejected' : 'undecided' };
}

function lapse(
  { treatment }: ProposedEntry,
  decision: DecisionEntry,
  fingerprint: string,
  now: Date,
): Text | undefined {
  if (now.getTime() < Date.parse(decision.at))
    return text('the clock is behind the decision', '時計が決定の時刻より遅れています');
  if (treatment.until !== undefined && endOf(treatment.until) <= now)
    return text(`its last day was ${treatment.until}`, `期限(${treatment.until})を過ぎました`);
  if (treatment.response === 'accept' && decision.shown.fingerprint !== fingerprint)
    return text('the facts that were accepted have changed', '受容したときの事実が変わりました');
  return undefined;
}
