import type { RiskStanding } from '../../../src/api/contract.ts';
import { showDay } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { RISK } from '../texts/risk.ts';
import { ASSURANCES, DECISION_STATES, SELF_APPROVED } from '../texts/words.ts';

/** Where a risk stands in a few words: state, how sure it is who decided, until when. */
export function Standing({ standing }: { readonly standing: RiskStanding }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <span className={`standing ${standing.status}`} data-status={standing.status}>
      <span className="status">{t(DECISION_STATES[standing.status])}</span>
      {standing.assurance && (
        <span className={`assurance ${standing.assurance}`} data-assurance={standing.assurance}>
          {t(ASSURANCES[standing.assurance])}
        </span>
      )}
      {standing.selfApproved && <span className="assurance self">{t(SELF_APPROVED)}</span>}
      {standing.until && <span className="until">{t(RISK.until(showDay(standing.until, language)))}</span>}
      {standing.doubt && <span className="doubt">{t(RISK.doesNotCount)}</span>}
    </span>
  );
}
