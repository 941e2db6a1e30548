import type { FindingRow } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { showNumber } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { useListQuery } from '../parts/list-query.ts';
import { type Column, type Filter, Listing, optionsOf } from '../parts/listing.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { SeverityTag, VerdictTag } from '../parts/verdict-tag.tsx';
import { FINDING } from '../texts/lists.ts';
import { SHELL } from '../texts/shell.ts';
import { LIST_SEPARATOR, SEVERITIES, STATUSES } from '../texts/words.ts';

const FILTERS: readonly Filter[] = [
  { field: 'status', title: FINDING.status, options: optionsOf(STATUSES) },
  { field: 'severity', title: FINDING.severity, options: optionsOf(SEVERITIES) },
];
const LINKED: readonly Filter[] = [
  { field: 'control', title: FINDING.control, options: [] },
  { field: 'family', title: FINDING.family, options: [] },
  { field: 'type', title: FINDING.type, options: [] },
  { field: 'resource', title: FINDING.resource, options: [] },
  { field: 'file', title: FINDING.file, options: [] },
];
const ORDER = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'] as const;

/** Findings: what each control says of each resource. */
export function FindingsPage() {
  const t = useText();
  const { language } = useLanguage();
  const query = useListQuery([...FILTERS, ...LINKED].map(({ field }) => field));
  const answer = useAnswer('GET /api/findings', { query: query.asked });
  const filters = [...FILTERS, ...LINKED.filter(({ field }) => query.values(field).length > 0)];
  return (
    <>
      <PageHead title={t(SHELL.findings)}>{t(FINDING.lead)}</PageHead>
      {answer.data && (
        <div className="row counts">
          {ORDER.map((status) => (
            <button
              type="button"
              key={status}
              className="count-button"
              onClick={() => query.change({ filter: { field: 'status', values: [status] } })}
            >
              <VerdictTag status={status} /> {showNumber(answer.data?.counts[status] ?? 0, language)}
            </button>
          ))}
        </div>
      )}
      <Listing
        of={answer}
        query={query}
        what={SHELL.findings}
        columns={useFindingColumns()}
        filters={filters}
        trackBy={({ id }) => id}
      />
    </>
  );
}

function useFindingColumns(): readonly Column<FindingRow>[] {
  const t = useText();
  return [
    {
      id: 'status',
      title: FINDING.status,
      sort: 'status',
      minWidth: 110,
      cell: ({ status }) => <VerdictTag status={status} />,
    },
    {
      id: 'severity',
      title: FINDING.severity,
      sort: 'severity',
      highestFirst: true,
      minWidth: 100,
      cell: ({ severity }) => <SeverityTag severity={severity} />,
    },
    {
      id: 'control',
      title: FINDING.control,
      sort: 'control',
      minWidth: 220,
      cell: ({ control, title }) => (
        <div className="cell-main">
          <span>{t(title)}</span>
          <a className="below" href={`/findings?control=${encodeURIComponent(control)}`}>
            {control}
          </a>
        </div>
      ),
    },
    {
      id: 'resource',
      title: FINDING.resource,
      sort: 'resource',
      minWidth: 180,
      cell: ({ resource, resourceName: name, type }) => (
        <div className="cell-main">
          <a href={pathOf('resources', resource)}>{resourceName(resource, name, t)}</a>
          <span className="below">{type}</span>
        </div>
      ),
    },
    {
      id: 'because',
      title: FINDING.because,
      minWidth: 280,
      cell: ({ because, undecided, tools, source }) => (
        <div className="cell-main">
          <span>{t(because)}</span>
          {undecided.length > 0 && (
            <span className="below">{t(SHELL.undecidedBy(undecided.join(t(LIST_SEPARATOR))))}</span>
          )}
          {tools.length > 0 && (
            <span className="below">{t(FINDING.tools(tools.join(t(LIST_SEPARATOR))))}</span>
          )}
          <PlaceText place={source} />
        </div>
      ),
    },
  ];
}
