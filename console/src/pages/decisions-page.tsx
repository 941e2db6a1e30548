import '../styles/risk.css';
import type { DecisionRow } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { showDay, showTime } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { AssuranceTag } from '../parts/assurance-tag.tsx';
import { useListQuery } from '../parts/list-query.ts';
import { type Column, type Filter, Listing, optionsOf } from '../parts/listing.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { DECISIONS, ENTRY_KINDS } from '../texts/decisions.ts';
import { RISK } from '../texts/risk.ts';
import { SHELL } from '../texts/shell.ts';
import { ASSURANCES, RESPONSES, SELF_APPROVED } from '../texts/words.ts';
import { HistoryTools } from './decisions/history-tools.tsx';

const FILTERS: readonly Filter[] = [
  { field: 'kind', title: DECISIONS.kind, options: optionsOf(ENTRY_KINDS) },
  { field: 'assurance', title: RISK.assurance, options: optionsOf(ASSURANCES) },
];
const LINKED: readonly Filter[] = [
  { field: 'risk', title: RISK.title, options: [] },
  { field: 'by', title: DECISIONS.by, options: [] },
];

/** All histories in one list, and what shows that nobody changed them. */
export function DecisionsPage() {
  const t = useText();
  const query = useListQuery([...FILTERS, ...LINKED].map(({ field }) => field));
  const answer = useAnswer('GET /api/decisions', { query: query.asked });
  return (
    <>
      <PageHead title={t(SHELL.decisions)}>{t(DECISIONS.lead)}</PageHead>
      <Listing
        of={answer}
        query={query}
        what={SHELL.decisions}
        columns={useColumns()}
        filters={[...FILTERS, ...LINKED.filter(({ field }) => query.values(field).length > 0)]}
        trackBy={({ risk, hash }) => risk + hash}
        whenEmpty={
          <>
            <p>{t(DECISIONS.empty)}</p>
            <p>
              <a href="/risks">{t(DECISIONS.emptyNext)}</a>
            </p>
          </>
        }
      />
      <HistoryTools />
    </>
  );
}

function useColumns(): readonly Column<DecisionRow>[] {
  const t = useText();
  const { language } = useLanguage();
  return [
    {
      id: 'title',
      title: RISK.title,
      sort: 'title',
      minWidth: 240,
      cell: ({ risk, title, gone }) => (
        <>
          <a href={pathOf('risks', risk)}>{t(title)}</a>
          {gone && <span className="tag">{t(RISK.gone)}</span>}
        </>
      ),
    },
    {
      id: 'kind',
      title: DECISIONS.kind,
      sort: 'kind',
      minWidth: 200,
      cell: ({ kind, says, response, until, reason }) => (
        <div className="cell-main">
          <strong data-kind={kind}>{t(ENTRY_KINDS[kind])}</strong>
          <span>{t(says)}</span>
          <span className="below">
            {[response && t(RESPONSES[response]), until && t(RISK.until(showDay(until, language))), reason]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
      ),
    },
    {
      id: 'by',
      title: DECISIONS.by,
      sort: 'by',
      minWidth: 140,
      cell: (entry) => (
        <div className="cell-main">
          <span>{entry.by}</span>
          <span className="row">
            <AssuranceTag of={entry} />
            {entry.selfApproved && <span className="assurance self">{t(SELF_APPROVED)}</span>}
          </span>
        </div>
      ),
    },
    {
      id: 'at',
      title: DECISIONS.when,
      sort: 'at',
      highestFirst: true,
      minWidth: 130,
      cell: ({ at }) => <span className="even">{showTime(at, language)}</span>,
    },
  ];
}
