import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import type { AssetRow } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { useUser } from '../app/session.tsx';
import { showInterval } from '../language/format.ts';
import { useText } from '../language/language.tsx';
import { BandTag } from '../parts/band-tag.tsx';
import { useListQuery } from '../parts/list-query.ts';
import { type Column, type Filter, Listing, optionsOf } from '../parts/listing.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { ASSET } from '../texts/lists.ts';
import { say } from '../texts/say.ts';
import { SHELL } from '../texts/shell.ts';
import { ASSET_KINDS } from '../texts/words.ts';

const OwnAssetDialog = lazy(async () => ({
  default: (await import('./asset/own-asset-dialog.tsx')).OwnAssetDialog,
}));

const FILTERS: readonly Filter[] = [
  { field: 'kind', title: ASSET.kind, options: optionsOf(ASSET_KINDS) },
  {
    field: 'importance',
    title: ASSET.importance,
    options: ['3', '2', '1'].map((value) => ({ value, text: say(value, value) })),
  },
  {
    field: 'assumed',
    title: ASSET.assumedFilter,
    options: optionsOf({ true: ASSET.assumedYes, false: ASSET.assumedNo }),
  },
  {
    field: 'origin',
    title: ASSET.origin,
    options: optionsOf({ found: ASSET.found, 'by-hand': ASSET.byHand }),
  },
];

/** The asset inventory (情報資産管理台帳). */
export function AssetsPage() {
  const t = useText();
  const query = useListQuery([...FILTERS.map(({ field }) => field), 'type', 'manager']);
  const answer = useAnswer('GET /api/assets', { query: query.asked });
  const [entering, setEntering] = useState(false);
  const { permissions } = useUser();
  return (
    <>
      <PageHead
        title={t(SHELL.assets)}
        actions={permissions.enter && <Button onClick={() => setEntering(true)}>{t(ASSET.add)}</Button>}
      >
        {t(ASSET.lead)}
      </PageHead>
      <Listing
        of={answer}
        query={query}
        what={SHELL.assets}
        columns={useColumns()}
        filters={FILTERS}
        trackBy={({ id }) => id}
      />
      {entering && (
        <Suspense>
          <OwnAssetDialog onClose={() => setEntering(false)} />
        </Suspense>
      )}
    </>
  );
}

function useColumns(): readonly Column<AssetRow>[] {
  const t = useText();
  return [
    {
      id: 'name',
      title: ASSET.name,
      sort: 'name',
      minWidth: 200,
      cell: (asset) => (
        <div className="cell-main">
          <a href={pathOf('assets', asset.id)}>{resourceName(asset.id, asset.name, t)}</a>
          <span className="below">{asset.holds ?? (asset.byHand ? t(ASSET.byHand) : asset.type)}</span>
        </div>
      ),
    },
    {
      id: 'kind',
      title: ASSET.kind,
      sort: 'kind',
      minWidth: 110,
      cell: ({ kind }) => t(ASSET_KINDS[kind] ?? say(kind, kind)),
    },
    {
      id: 'classes',
      title: ASSET.classes,
      minWidth: 130,
      cell: ({ confidentiality, integrity, availability }) => (
        <span className="even">
          {[confidentiality, integrity, availability].map(showInterval).join(' · ')}
        </span>
      ),
    },
    {
      id: 'importance',
      title: ASSET.importance,
      sort: 'importance',
      highestFirst: true,
      minWidth: 110,
      cell: ({ importance, assumed }) => (
        <>
          {showInterval(importance)} {assumed && <span className="tag">{t(ASSET.assumed)}</span>}
        </>
      ),
    },
    {
      id: 'manager',
      title: ASSET.manager,
      sort: 'manager',
      minWidth: 120,
      cell: ({ manager }) => manager ?? <span className="below">{t(ASSET.undeclared)}</span>,
    },
    { id: 'reached', title: ASSET.reachedFrom, minWidth: 220, cell: ({ reachedFrom }) => t(reachedFrom) },
    {
      id: 'risks',
      title: ASSET.risks,
      sort: 'risks',
      highestFirst: true,
      minWidth: 120,
      cell: ({ id, risks, band }) =>
        risks === 0 ? (
          '0'
        ) : (
          <span className="row">
            <a href={`/risks?asset=${encodeURIComponent(id)}`}>{risks}</a>
            {band && <BandTag band={band} />}
          </span>
        ),
    },
  ];
}
