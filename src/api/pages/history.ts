import { type Text, text } from '../../kernel/texts.ts';
import type { DecisionEntry } from '../../model/decision.ts';
import { RESPONSE_WORDS } from '../../report/words.ts';
import type { History, HistoryEntry } from '../contract.ts';
import { passkeySigned } from '../decisions/ssh-passkey.ts';
import type { Judge } from '../environment/decided.ts';
import type { View } from '../environment/view.ts';
import { historyOf } from './risk-rows.ts';

/** The history of a risk. Its chain was checked when it was read: one with a fault is left out, and told. */
export async function historyPage(view: View, risk: string, judge: Judge): Promise<History> {
  const entries = await Promise.all(historyOf(view, risk).map((entry) => shownEntry(view, entry, judge)));
  const problems = view.historyProblems.filter(({ en }) => en.includes(risk));
  return { revision: view.revision, risk, intact: problems.length === 0, problems, entries };
}

async function shownEntry(view: View, entry: DecisionEntry, judge: Judge): Promise<HistoryEntry> {
  const owners = entry.kind === 'decided' || entry.kind === 'closed' || entry.kind === 'class-changed';
  const judged = owners ? await judge(entry, view) : undefined;
  const treatment = 'treatment' in entry ? entry.treatment : undefined;
  return {
    sequence: entry.sequence,
    kind: entry.kind,
    at: entry.at,
    by: entry.by,
    says: sentence(entry),
    hash: entry.hash,
    previous: entry.previous,
    ...(entry.kind === 'decided' && { approved: entry.approved, selfApproved: entry.selfApproved }),
    ...(entry.kind === 'decided' && entry.confirmation && { confirmation: entry.confirmation }),
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

function sentence(entry: DecisionEntry): Text {
  switch (entry.kind) {
    case 'proposed': {
      const response = RESPONSE_WORDS[entry.treatment.response];
      return text(`${entry.by} proposed to ${response.en}`, `${entry.by} が${response.ja}を提案`);
    }
    case 'decided': {
      const response = RESPONSE_WORDS[entry.treatment.response];
      return entry.approved
        ? text(`${entry.by} approved to ${response.en}`, `${entry.by} が${response.ja}を承認`)
        : text(`${entry.by} rejected to ${response.en}`, `${entry.by} が${response.ja}を却下`);
    }
    case 'lapsed':
      return text('the decision lapsed', '決定が失効');
    case 'closed':
      return text(`${entry.by} closed it`, `${entry.by} が完了`);
    case 'reopened':
      return text(`${entry.by} opened it again`, `${entry.by} が再開`);
    case 'renamed':
      return text(`${entry.from} is now called ${entry.to}`, `${entry.from} は ${entry.to} に改名`);
    case 'class-changed':
      return text(
        `${entry.by} changed the class of ${entry.resource} from ${entry.before.high} to ${entry.after.high}`,
        `${entry.by} が ${entry.resource} の重要度を ${entry.before.high} から ${entry.after.high} に変更`,
      );
  }
}
