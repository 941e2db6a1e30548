import type { Asset } from '../../model/declaration.ts';
import type { Risk } from '../../model/risk.ts';
import type { Answer, AssetDetail, AssetRow, Band } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import { isOpen } from '../environment/diary.ts';
import type { View } from '../environment/view.ts';
import { cutPage, type ListDefinition, type ListQuery, preparedList } from './list.ts';

const ASSETS: ListDefinition<AssetRow> = {
  fields: {
    kind: ({ kind }) => kind,
    type: ({ type }) => type,
    importance: ({ importance }) => String(importance.high),
    manager: ({ manager }) => manager,
    assumed: ({ assumed }) => String(assumed),
    origin: ({ byHand }) => (byHand ? 'by-hand' : 'found'),
  },
  sorts: {
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    importance: ({ importance }) => importance.high * 10 + importance.low,
    manager: ({ manager }) => manager ?? '',
    risks: ({ risks }) => risks,
  },
  words: ({ id, name, type, manager, holds, owner, location }) =>
    [id, name, type, manager, holds, owner, location].join(' '),
};

export function assetsPage(view: View, query: ListQuery): Answer<'GET /api/assets'> {
  const rows = view.base.assessment.assets.map((asset) => assetRow(view, asset));
  return { ...cutPage(preparedList(rows, ASSETS).matching(query), query), revision: view.revision };
}

/** One asset with who can reach it; undefined when there is none of this id. */
export function assetDetail(view: View, id: string): AssetDetail | undefined {
  const { base } = view;
  const asset = base.assessment.assets.find(({ resource }) => resource === id);
  if (!asset) return undefined;
  return {
    ...assetRow(view, asset),
    revision: view.revision,
    principals: (asset.principals ?? []).map(({ principal, may, decided }) => ({
      id: principal,
      name: principal === '*' ? '*' : plainName(base, principal),
      may,
      decided,
    })),
    network: (asset.reachedBy ?? []).map(({ through, decided }) => ({
      decided,
      through: through.map((resource) => ({
        id: resource,
        name: plainName(base, resource),
        type: base.typeOf(resource),
      })),
    })),
    reachedBy: risksOf(base, id).map((risk) => ({ id: risk.id, title: risk.title, band: risk.band.current })),
  };
}

function assetRow(view: View, asset: Asset): AssetRow {
  const open = risksOf(view.base, asset.resource).filter(({ id }) => isOpen(view, id));
  const band = highestBand(open);
  return {
    id: asset.resource,
    name: asset.name,
    type: asset.type,
    kind: asset.kind,
    confidentiality: asset.confidentiality,
    integrity: asset.integrity,
    availability: asset.availability,
    importance: asset.importance,
    assumed: asset.assumed,
    ...(asset.manager !== undefined && { manager: asset.manager }),
    ...(asset.holds !== undefined && { holds: asset.holds }),
    ...(asset.owner !== undefined && { owner: asset.owner }),
    ...(asset.location !== undefined && { location: asset.location }),
    reachedFrom: asset.reachedFrom,
    byHand: asset.byHand === true,
    risks: open.length,
    ...(band && { band }),
    ...(asset.source && { source: asset.source }),
  };
}

const BANDS: readonly Band[] = ['high', 'medium', 'low'];

function highestBand(risks: readonly Risk[]): Band | undefined {
  return BANDS.find((band) => risks.some((risk) => risk.band.current === band));
}

function risksOf(base: Base, resource: string): readonly Risk[] {
  return base.memo(risksByAsset).get(resource) ?? [];
}

function risksByAsset({ assessment }: Base): ReadonlyMap<string, readonly Risk[]> {
  const index = new Map<string, Risk[]>();
  for (const risk of assessment.risks) {
    for (const { resource } of risk.assets) {
      const list = index.get(resource);
      if (list) list.push(risk);
      else index.set(resource, [risk]);
    }
  }
  return index;
}
