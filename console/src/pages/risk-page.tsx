import '../styles/risk.css';
import Tabs from '@cloudscape-design/components/tabs';
import type { RiskDetail } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Standing } from '../parts/standing.tsx';
import { RISK } from '../texts/risk.ts';
import { FACTORS } from '../texts/words.ts';
import { DecisionCard } from './risk/decision-card.tsx';
import { HistoryView } from './risk/history-view.tsx';
import { RiskActions } from './risk/risk-actions.tsx';
import { RiskFacts } from './risk/risk-facts.tsx';

/** One risk: what can happen, how it is scored, what was decided, and its history. */
export function RiskPage({ id }: { readonly id: string }) {
  const answer = useAnswer('GET /api/risks/:id', { parts: { id } });
  return <Loaded of={answer}>{(risk) => <Shown risk={risk} />}</Loaded>;
}

function Shown({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  return (
    <>
      <PageHead
        above={<a href="/risks">{`← ${t(RISK.back)}`}</a>}
        title={t(risk.title)}
        actions={<RiskActions risk={risk} />}
      >
        <span className="row">
          <BandTag band={risk.band.current} value={risk.current} />
          <span>{t(FACTORS[risk.factor])}</span>
          <Standing standing={risk.standing} />
          {risk.byHand && <span className="tag">{t(RISK.byHand)}</span>}
          {risk.gone && <span className="tag">{t(RISK.gone)}</span>}
        </span>
      </PageHead>
      <DecisionCard risk={risk} />
      <Tabs
        ariaLabel={t(risk.title)}
        tabs={[
          { id: 'details', label: t(RISK.details), content: <RiskFacts risk={risk} /> },
          { id: 'history', label: t(RISK.history), content: <HistoryView id={risk.id} /> },
        ]}
      />
    </>
  );
}
