import Alert from '@cloudscape-design/components/alert';
import type { History, HistoryEntry } from '../../../../src/api/contract.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { showDay, showTime } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { AssuranceTag } from '../../parts/assurance-tag.tsx';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { RISK } from '../../texts/risk.ts';
import { RESPONSES, SELF_APPROVED } from '../../texts/words.ts';
import { EvidenceList } from './evidence-list.tsx';

const VERIFY = 'honmaru risk verify honmaru.decisions.jsonl';

/** The history of a risk: each entry with its place in the chain, and whether the chain holds. */
export function HistoryView({ id }: { readonly id: string }) {
  const t = useText();
  const answer = useAnswer('GET /api/risks/:id/history', { parts: { id } });
  return (
    <Loaded of={answer}>
      {(history) => (
        <div className="stack" data-testid="chain" data-intact={history.intact}>
          <Chain history={history} />
          {history.entries.length > 0 && (
            <ol className="history">
              {history.entries.toReversed().map((entry) => (
                <Entry key={entry.hash} entry={entry} />
              ))}
            </ol>
          )}
          <Card title={t(RISK.verifyOffline)} note={t(RISK.verifyNote)}>
            <p className="row">
              <a href="/api/decisions/log" download="honmaru.decisions.jsonl">
                {t(RISK.downloadLog)}
              </a>
              <a href="/api/decisions/allowed-signers" download="allowed_signers">
                {t(RISK.downloadSigners)}
              </a>
            </p>
            <p className="command">
              <code>{VERIFY}</code> <CopyButton text={VERIFY} />
            </p>
          </Card>
        </div>
      )}
    </Loaded>
  );
}

function Chain({ history: { intact, problems, entries } }: { readonly history: History }) {
  const t = useText();
  if (!intact) {
    return (
      <Alert type="error" header={t(RISK.broken)}>
        <ul>
          {problems.map((problem) => (
            <li key={problem.en}>{t(problem)}</li>
          ))}
        </ul>
      </Alert>
    );
  }
  return (
    <Alert type={entries.length > 0 ? 'success' : 'info'}>
      {t(entries.length > 0 ? RISK.intact : RISK.noHistory)}
    </Alert>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <li className={`entry ${entry.kind}`} data-kind={entry.kind} data-assurance={entry.assurance}>
      <div className="row">
        <strong>{t(entry.says)}</strong>
        <AssuranceTag of={entry} />
        {entry.selfApproved && <span className="assurance self">{t(SELF_APPROVED)}</span>}
      </div>
      <div className="below">
        {entry.by} · {showTime(entry.at, language)}
        {entry.response && ` · ${t(RESPONSES[entry.response])}`}
        {entry.until && ` · ${t(RISK.until(showDay(entry.until, language)))}`}
      </div>
      {entry.reason && <p>{entry.reason}</p>}
      {entry.evidence && entry.evidence.length > 0 && <EvidenceList of={entry.evidence} />}
      {entry.doubt && <p className="note">{t(entry.doubt)}</p>}
      <Facts
        facts={[
          { label: t(RISK.entry(entry.sequence)), value: <code className="hash">{entry.hash}</code> },
          {
            label: t(RISK.previous),
            value: entry.previous ? <code className="hash">{entry.previous}</code> : t(RISK.first),
          },
          { label: t(RISK.shownHash), value: <code className="hash">{entry.shown.hash}</code> },
        ]}
      />
    </li>
  );
}
