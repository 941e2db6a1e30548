import type { Overview, SafeguardState } from '../../../../src/api/contract.ts';
import { showNumber } from '../../language/format.ts';
import { useLanguage, useText } from '../../language/language.tsx';
import { Card } from '../../parts/card.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { OVERVIEW } from '../../texts/overview.ts';

const ORDER: readonly SafeguardState[] = ['on', 'partial', 'off', 'unknown'];

/** At how many places safeguards are on, partly on, off or unknown, and which are not on. */
export function SafeguardsCard({ overview: { safeguards } }: { readonly overview: Overview }) {
  const t = useText();
  const { language } = useLanguage();
  const total = ORDER.reduce((sum, state) => sum + (safeguards.byState[state] ?? 0), 0);
  return (
    <Card title={t(OVERVIEW.safeguards)}>
      <ul className="state-bars">
        {ORDER.map((state) => {
          const count = safeguards.byState[state] ?? 0;
          return (
            <li key={state}>
              <a href={`/safeguards?state=${state}`}>
                <StateMark state={state} />
              </a>
              <span className="bar" aria-hidden="true">
                <span className={state} style={{ width: `${total === 0 ? 0 : (100 * count) / total}%` }} />
              </span>
              <span className="number">{showNumber(count, language)}</span>
            </li>
          );
        })}
      </ul>
      <h3>{t(OVERVIEW.offTitle)}</h3>
      <ul className="checklist not-on">
        {safeguards.off.map(({ id, name, state }) => (
          <li key={id}>
            <a href={`/safeguards?safeguard=${encodeURIComponent(id)}`}>{t(name)}</a>
            <StateMark state={state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The lecture's list of twelve services. */
export function ChecklistCard({ overview: { checklist } }: { readonly overview: Overview }) {
  const t = useText();
  return (
    <Card title={t(OVERVIEW.checklist)} note={t(OVERVIEW.checklistOf(checklist.on, checklist.of))}>
      <ul className="checklist" data-testid="checklist">
        {checklist.items.map(({ id, name, state }) => (
          <li key={id}>
            <a href={`/safeguards?safeguard=${encodeURIComponent(id)}`}>{t(name)}</a>
            {state === 'not-judged' ? (
              <span className="state">{t(OVERVIEW.notJudged)}</span>
            ) : (
              <StateMark state={state} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
