import '../styles/overview.css';
import type { Overview } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { showNumber, showTime } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { OVERVIEW } from '../texts/overview.ts';
import { SHELL } from '../texts/shell.ts';
import { ChangesCard } from './overview/changes-card.tsx';
import { MeanTimeCard, OpenRisksCard, WaitingCard } from './overview/risk-cards.tsx';
import { ChecklistCard, SafeguardsCard } from './overview/safeguards-cards.tsx';
import { TrendCard } from './overview/trend-card.tsx';

/** The state at a glance. */
export function OverviewPage() {
  const t = useText();
  const answer = useAnswer('GET /api/overview');
  return (
    <>
      <PageHead title={t(SHELL.overview)}>{answer.data && <Lead overview={answer.data} />}</PageHead>
      <Loaded of={answer}>
        {(overview) => (
          <div className="glance">
            <div className="glance-column">
              <OpenRisksCard overview={overview} />
              <TrendCard overview={overview} />
              <ChangesCard overview={overview} />
            </div>
            <div className="glance-column">
              <WaitingCard
                title={OVERVIEW.waiting}
                none={OVERVIEW.noWaiting}
                risks={overview.waiting}
                next={{ href: '/risks?status=undecided', title: OVERVIEW.toUndecided }}
              />
              <WaitingCard title={OVERVIEW.lapsed} none={OVERVIEW.noLapsed} risks={overview.lapsed} />
              <ChecklistCard overview={overview} />
              <MeanTimeCard overview={overview} />
            </div>
            <div className="glance-wide">
              <SafeguardsCard overview={overview} />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Lead({ overview: { environment, assessedAt, watching } }: { readonly overview: Overview }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <>
      {t(OVERVIEW.lead(environment.name, showNumber(environment.resources, language)))}
      {' · '}
      {t(OVERVIEW.assessedAt(showTime(assessedAt, language)))}
      {watching && ` · ${t(OVERVIEW.watching)}`}
    </>
  );
}
