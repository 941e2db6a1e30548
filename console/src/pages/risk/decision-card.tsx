import type { RiskDetail } from '../../../../src/api/contract.ts';
import { useUser } from '../../app/session.tsx';
import { showDay, showTime } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Standing } from '../../parts/standing.tsx';
import { DECIDE, RISK } from '../../texts/risk.ts';
import { RESPONSES } from '../../texts/words.ts';

/** What was proposed and decided, by whom, how surely, and why the reader cannot decide. */
export function DecisionCard({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  const { language } = useLanguage();
  const user = useUser();
  const { standing, owner, cannotDecide, cannotPropose } = risk;
  const when = (by?: string, at?: string) => (at ? `${by ?? '–'} (${showTime(at, language)})` : (by ?? '–'));
  const facts = [
    { label: t(RISK.status), value: <Standing standing={standing} /> },
    { label: t(RISK.owner), value: owner ?? t(RISK.noOwner) },
    ...(standing.response ? [{ label: t(RISK.treatment), value: t(RESPONSES[standing.response]) }] : []),
    ...(standing.reason ? [{ label: t(RISK.reason), value: standing.reason }] : []),
    ...(standing.until ? [{ label: t(DECIDE.until), value: showDay(standing.until, language) }] : []),
    ...(standing.counterparty ? [{ label: t(DECIDE.counterparty), value: standing.counterparty }] : []),
    ...(standing.contract ? [{ label: t(DECIDE.contract), value: standing.contract }] : []),
    ...(standing.coverage ? [{ label: t(DECIDE.coverage), value: standing.coverage }] : []),
    ...(standing.proposedBy
      ? [{ label: t(RISK.proposedBy), value: when(standing.proposedBy, standing.proposedAt) }]
      : []),
    ...(standing.decidedBy
      ? [{ label: t(RISK.decidedBy), value: when(standing.decidedBy, standing.decidedAt) }]
      : []),
  ];
  const said = [
    standing.why,
    standing.doubt,
    standing.status === 'proposed' ? cannotDecide : undefined,
    standing.status === 'closed' ? undefined : cannotPropose,
  ]
    .filter((each) => each !== undefined)
    .filter((each) => t(each) !== standing.reason);
  const notes = [...new Map(said.map((each) => [each.en, each])).values()];
  return (
    <Card title={t(RISK.decision)}>
      <div data-testid="decision">
        <Facts facts={facts} />
        {standing.status === 'proposed' && user.owner && user.mfa === 'none' && (
          <p>
            <a href="/account">{t(RISK.giveFactor)}</a>
          </p>
        )}
        {notes.map((note) => (
          <p key={note.en} className="note" data-testid="decision-note">
            {t(note)}
          </p>
        ))}
      </div>
    </Card>
  );
}
