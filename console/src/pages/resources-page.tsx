import type { ResourceRow } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { showNumber } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { useListQuery } from '../parts/list-query.ts';
import { type Column, type Filter, Listing, optionsOf } from '../parts/listing.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { PlaceText } from '../parts/place-link.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { RESOURCE } from '../texts/lists.ts';
import { SHELL } from '../texts/shell.ts';
import { BASES, EXISTENCE, NO, YES } from '../texts/words.ts';

const FILTERS: readonly Filter[] = [
  { field: 'basis', title: RESOURCE.basis, options: optionsOf(BASES) },
  { field: 'existence', title: RESOURCE.existence, options: optionsOf(EXISTENCE) },
  { field: 'analysed', title: RESOURCE.analysed, options: optionsOf({ true: YES, false: NO }) },
];
const LINKED: readonly Filter[] = [
  { field: 'type', title: RESOURCE.type, options: [] },
  { field: 'file', title: RESOURCE.file, options: [] },
];

/** Everything that was read. */
export function ResourcesPage() {
  const t = useText();
  const query = useListQuery([...FILTERS, ...LINKED].map(({ field }) => field));
  const answer = useAnswer('GET /api/resources', { query: query.asked });
  return (
    <>
      <PageHead title={t(SHELL.resources)}>{t(RESOURCE.lead)}</PageHead>
      <Listing
        of={answer}
        query={query}
        what={SHELL.resources}
        columns={useColumns()}
        filters={[...FILTERS, ...LINKED.filter(({ field }) => query.values(field).length > 0)]}
        trackBy={({ id }) => id}
      />
    </>
  );
}

function useColumns(): readonly Column<ResourceRow>[] {
  const t = useText();
  const { language } = useLanguage();
  return [
    {
      id: 'name',
      title: RESOURCE.name,
      sort: 'name',
      minWidth: 200,
      cell: ({ id, name, existence, source }) => (
        <div className="cell-main">
          <span>
            <a href={pathOf('resources', id)}>{resourceName(id, name, t)}</a>
            {existence === 'maybe' && <span className="tag">{t(EXISTENCE.maybe)}</span>}
          </span>
          <PlaceText place={source} />
        </div>
      ),
    },
    {
      id: 'type',
      title: RESOURCE.type,
      sort: 'type',
      minWidth: 180,
      cell: ({ type }) => <a href={`/resources?type=${encodeURIComponent(type)}`}>{type}</a>,
    },
    {
      id: 'failing',
      title: RESOURCE.failing,
      sort: 'failing',
      highestFirst: true,
      number: true,
      minWidth: 70,
      cell: ({ failing }) => showNumber(failing, language),
    },
    {
      id: 'unknown',
      title: RESOURCE.unknown,
      number: true,
      minWidth: 70,
      cell: ({ unknown }) => showNumber(unknown, language),
    },
    {
      id: 'off',
      title: RESOURCE.off,
      sort: 'safeguardsOff',
      highestFirst: true,
      number: true,
      minWidth: 70,
      cell: ({ safeguardsOff }) => showNumber(safeguardsOff, language),
    },
    {
      id: 'risks',
      title: RESOURCE.risks,
      sort: 'risks',
      highestFirst: true,
      number: true,
      minWidth: 70,
      cell: ({ risks }) => showNumber(risks, language),
    },
    {
      id: 'analysed',
      title: RESOURCE.analysed,
      minWidth: 64,
      cell: ({ analysed }) => t(analysed ? YES : NO),
    },
    {
      id: 'basis',
      title: RESOURCE.basis,
      minWidth: 84,
      optional: true,
      cell: ({ basis }) => t(BASES[basis]),
    },
  ];
}
