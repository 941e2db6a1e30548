import type { DecisionEntry } from '../../model/decision.ts';
import type { History, HistoryEntry } from '../contract.ts';
import { passkeySigned } from '../decisions/ssh-passkey.ts';
import type { Judge } from '../environment/decided.ts';
import type { View } from '../environment/view.ts';
import { evidenceText } from './closing.ts';
import { entrySentence } from './entry-sentence.ts';
import { historyOf } from './risk-rows.ts';

/** The history of a risk. Its chain was checked when it was read: one with a fault is left out, and told. */
export async function historyPage(view: View, risk: string, judge: Judge): Promise<History> {
  const entries = await Promise.all(historyOf(view, risk).map((entry) => shownEntry(view, entry, judge)));
  const problems = view.historyProblems.filter(({ en }) => en.includes(risk));
  return { revision: view.revision, risk, intact: problems.length === 0, problems, entries };
}

/** An entry as lists and histories show it, with how sure it is who made it. */
export async function shownEntry(view: View, entry: DecisionEntry, judge: Judge): Promise<HistoryEntry> {
  const owners = entry.kind === 'decided' || entry.kind === 'closed' || entry.kind === 'class-changed';
  const judged = owners ? await judge(entry, view) : undefined;
  const treatment = 'treatment' in entry ? entry.treatment : undefined;
  return {
    sequence: entry.sequence,
    kind: entry.kind,
    at: entry.at,
    by: entry.by,
    says: entrySentence(entry),
    hash: entry.hash,
    previous: entry.previous,
    ...(entry.kind === 'decided' && { approved: entry.approved, selfApproved: entry.selfApproved }),
    ...('confirmation' in entry && entry.confirmation && { confirmation: entry.confirmation }),
    ...(entry.kind === 'closed' && {
      evidence: entry.evidence.map((each) => ({ ...each, says: evidenceText(view.base, each) })),
    }),
    ...(treatment && { response: treatment.response, reason: treatment.reason }),
    ...(treatment?.until !== undefined && { until: treatment.until }),
    ...('reason' in entry && { reason: entry.reason }),
    ...(judged && { assurance: judged.assurance }),
    ...(judged?.doubt && { doubt: judged.doubt }),
    ...(entry.signature !== undefined && {
      signedWith: passkeySigned(entry.signature) ? ('passkey' as const) : ('ssh-key' as const),
    }),
    shown: { hash: entry.shown.hash, fingerprint: entry.shown.fingerprint },
  };
}
