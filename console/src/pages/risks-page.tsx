import '../styles/risk.css';
import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { RiskRow } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf, useLocation } from '../app/router.ts';
import { useUser } from '../app/session.tsx';
import { showInterval } from '../language/format.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { useListQuery } from '../parts/list-query.ts';
import { type Column, type Filter, Listing, optionsOf } from '../parts/listing.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { Standing } from '../parts/standing.tsx';
import { ViewSwitch } from '../parts/view-switch.tsx';
import { RISK } from '../texts/risk.ts';
import { SHELL } from '../texts/shell.ts';
import { ASSURANCES, BANDS, DECISION_STATES, FACTORS, LIST_SEPARATOR, RESPONSES } from '../texts/words.ts';
import { BoardView } from './risk/board-view.tsx';
import { HeatMapView } from './risk/heat-map-view.tsx';

const ProposeDialog = lazy(async () => ({
  default: (await import('./risk/propose-dialog.tsx')).ProposeDialog,
}));
const OwnRiskDialog = lazy(async () => ({
  default: (await import('./risk/own-risk-dialog.tsx')).OwnRiskDialog,
}));

const FILTERS: readonly Filter[] = [
  { field: 'band', title: RISK.band, options: optionsOf(BANDS) },
  { field: 'factor', title: RISK.factor, options: optionsOf(FACTORS) },
  { field: 'status', title: RISK.status, options: optionsOf(DECISION_STATES) },
  { field: 'response', title: RISK.response, options: optionsOf(RESPONSES) },
  { field: 'assurance', title: RISK.assurance, options: optionsOf(ASSURANCES) },
  { field: 'waiting', title: RISK.waiting, options: [{ value: 'me', text: RISK.waitingForMe }] },
];
/** Filters that other pages link to, without a chooser of their own until they are set. */
const LINKED = ['cell', 'asset', 'rule'] as const;
const LINKED_TITLES = { cell: RISK.viewHeat, asset: RISK.assets, rule: RISK.title } as const;

/** All risks: as a table, as a heat map, or as a board by the state of their treatment. */
export function RisksPage() {
  const t = useText();
  const view = new URLSearchParams(useLocation().search).get('view') ?? 'table';
  const [entering, setEntering] = useState(false);
  const { permissions } = useUser();
  const views = [
    { href: '/risks', title: RISK.viewTable, here: view === 'table' },
    { href: '/risks?view=heat-map', title: RISK.viewHeat, here: view === 'heat-map' },
    { href: '/risks?view=board', title: RISK.viewBoard, here: view === 'board' },
  ];
  return (
    <>
      <PageHead
        title={t(SHELL.risks)}
        actions={
          <>
            <ViewSwitch label={RISK.view} views={views} />
            {permissions.enter && <Button onClick={() => setEntering(true)}>{t(RISK.addRisk)}</Button>}
          </>
        }
      >
        {t(RISK.lead)} <em>{t(SHELL.modelNote)}</em>
      </PageHead>
      {view === 'heat-map' && <HeatMapView />}
      {view === 'board' && <BoardView />}
      {view === 'table' && <RiskTable />}
      {entering && (
        <Suspense>
          <OwnRiskDialog onClose={() => setEntering(false)} />
        </Suspense>
      )}
    </>
  );
}

function RiskTable() {
  const t = useText();
  const { search } = useLocation();
  const query = useListQuery([...FILTERS.map(({ field }) => field), ...LINKED]);
  const answer = useAnswer('GET /api/risks', { query: query.asked });
  const [chosen, setChosen] = useState<readonly RiskRow[]>([]);
  const [proposing, setProposing] = useState(false);
  const { permissions } = useUser();
  const linked = LINKED.filter((field) => new URLSearchParams(search).has(field));
  const filters = [
    ...FILTERS,
    ...linked.map((field) => ({ field, title: LINKED_TITLES[field], options: [] })),
  ];
  return (
    <>
      {chosen.length > 0 && (
        <div className="bulk">
          <Button variant="primary" onClick={() => setProposing(true)}>
            {t(RISK.proposeSelected(chosen.length))}
          </Button>
        </div>
      )}
      <Listing
        of={answer}
        query={query}
        what={SHELL.risks}
        columns={useColumns()}
        filters={filters}
        trackBy={({ id }) => id}
        nameOf={({ title }) => t(title)}
        {...(permissions.propose ? { selection: { rows: chosen, choose: setChosen } } : {})}
      />
      {proposing && (
        <Suspense>
          <ProposeDialog
            risks={chosen}
            onClose={(done) => {
              setProposing(false);
              if (done) setChosen([]);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function useColumns(): readonly Column<RiskRow>[] {
  const t = useText();
  return [
    {
      id: 'title',
      title: RISK.title,
      sort: 'title',
      minWidth: 240,
      cell: (risk) => (
        <div className="cell-main">
          <a href={pathOf('risks', risk.id)}>{t(risk.title)}</a>
          <span className="below">
            {risk.assets.map(({ id, name }) => resourceName(id, name, t)).join(t(LIST_SEPARATOR))}
            {risk.byHand && <span className="tag">{t(RISK.byHand)}</span>}
            {risk.gone && <span className="tag">{t(RISK.gone)}</span>}
          </span>
        </div>
      ),
    },
    {
      id: 'factor',
      title: RISK.factor,
      sort: 'factor',
      cell: ({ factor }) => t(FACTORS[factor]),
      minWidth: 96,
    },
    {
      id: 'current',
      title: RISK.current,
      sort: 'current',
      highestFirst: true,
      minWidth: 110,
      cell: ({ band, current }) => <BandTag band={band.current} value={current} />,
    },
    {
      id: 'inherent',
      title: RISK.inherent,
      sort: 'inherent',
      highestFirst: true,
      minWidth: 80,
      optional: true,
      cell: ({ inherent }) => showInterval(inherent),
    },
    {
      id: 'target',
      title: RISK.target,
      sort: 'target',
      minWidth: 110,
      cell: ({ band, target }) => <BandTag band={band.target} value={target} />,
    },
    {
      id: 'response',
      title: RISK.response,
      optional: true,
      minWidth: 80,
      cell: ({ response }) => t(RESPONSES[response]),
    },
    {
      id: 'status',
      title: RISK.status,
      sort: 'status',
      minWidth: 110,
      cell: ({ standing, waitsForMe }) => (
        <>
          <Standing standing={standing} />
          {waitsForMe && <span className="tag call">{t(RISK.waitingForMe)}</span>}
        </>
      ),
    },
  ];
}
