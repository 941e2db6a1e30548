import '../styles/risk.css';
import Button from '@cloudscape-design/components/button';
import Tabs from '@cloudscape-design/components/tabs';
import { lazy, Suspense, useState } from 'react';
import type { RiskDetail } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useUser } from '../app/session.tsx';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Standing } from '../parts/standing.tsx';
import { RISK } from '../texts/risk.ts';
import { FACTORS } from '../texts/words.ts';
import { DecisionCard } from './risk/decision-card.tsx';
import { HistoryView } from './risk/history-view.tsx';
import { RiskFacts } from './risk/risk-facts.tsx';

const ProposeDialog = lazy(async () => ({
  default: (await import('./risk/propose-dialog.tsx')).ProposeDialog,
}));
const DecideDialog = lazy(async () => ({
  default: (await import('./risk/decide-dialog.tsx')).DecideDialog,
}));
const ReopenDialog = lazy(async () => ({
  default: (await import('./risk/reopen-dialog.tsx')).ReopenDialog,
}));

/** One risk: what can happen, how it is scored, what was decided, and its history. */
export function RiskPage({ id }: { readonly id: string }) {
  const answer = useAnswer('GET /api/risks/:id', { parts: { id } });
  return <Loaded of={answer}>{(risk) => <Shown risk={risk} />}</Loaded>;
}

type Dialog = 'propose' | 'decide' | 'reopen';

function Shown({ risk }: { readonly risk: RiskDetail }) {
  const t = useText();
  const { permissions } = useUser();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const { standing } = risk;
  const mayPropose = permissions.propose && !risk.cannotPropose && !risk.gone && standing.status !== 'closed';
  const mayDecide = standing.status === 'proposed' && permissions.decide && !risk.cannotDecide;
  return (
    <>
      <PageHead
        above={<a href="/risks">{`← ${t(RISK.back)}`}</a>}
        title={t(risk.title)}
        actions={
          <>
            {!risk.gone && (
              <Button href={`/?attack=${encodeURIComponent(risk.id)}`}>{t(RISK.openOnMap)}</Button>
            )}
            {standing.status === 'closed' && permissions.propose && (
              <Button onClick={() => setDialog('reopen')}>{t(RISK.reopen)}</Button>
            )}
            {mayPropose && (
              <Button
                variant={mayDecide ? 'normal' : 'primary'}
                onClick={() => setDialog('propose')}
                data-testid="propose"
              >
                {t(RISK.propose)}
              </Button>
            )}
            {mayDecide && (
              <Button variant="primary" onClick={() => setDialog('decide')} data-testid="decide">
                {t(RISK.decide)}
              </Button>
            )}
          </>
        }
      >
        <span className="row">
          <BandTag band={risk.band.current} value={risk.current} />
          <span>{t(FACTORS[risk.factor])}</span>
          <Standing standing={standing} />
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
      <Suspense>
        {dialog === 'propose' && <ProposeDialog risks={[risk]} shown={risk.shown.hash} onClose={close} />}
        {dialog === 'decide' && <DecideDialog risk={risk} onClose={close} />}
        {dialog === 'reopen' && <ReopenDialog id={risk.id} onClose={close} />}
      </Suspense>
    </>
  );
}
