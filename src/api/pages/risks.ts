import { bandOf } from '../../risk/score.ts';
import type { Answer, Board, DecisionState, HeatMap, RiskRow } from '../contract.ts';
import type { View } from '../environment/view.ts';
import { cutPage, type ListDefinition, type ListQuery, type PreparedList, preparedList } from './list.ts';
import { riskRows } from './risk-rows.ts';
import type { Visitor } from './visitor.ts';

const RISKS: ListDefinition<RiskRow> = {
  fields: {
    band: (row) => row.band.current,
    factor: (row) => row.factor,
    status: (row) => row.standing.status,
    response: (row) => row.standing.response ?? row.response,
    rule: (row) => row.rule,
    asset: (row) => row.assets.flatMap(({ id, name }) => [id, name]),
    assurance: (row) => row.standing.assurance,
    cell: (row) => `${row.importance.high}x${row.likelihood.high}`,
    waiting: (row) => (row.waitsForMe ? 'me' : undefined),
  },
  sorts: {
    current: (row) => row.current.high * 10 + row.current.low,
    inherent: (row) => row.inherent.high * 10 + row.inherent.low,
    target: (row) => row.target.high * 10 + row.target.low,
    number: (row) => row.number,
    title: (row) => row.title.en,
    factor: (row) => row.factor,
    status: (row) => row.standing.status,
    until: (row) => row.standing.until ?? '9999',
  },
  words: ({ id, rule, title, assets, standing }) =>
    [id, rule, title.en, title.ja, standing.reason, ...assets.map(({ name }) => name)].join(' '),
};

export function risksPage(view: View, query: ListQuery, visitor: Visitor): Answer<'GET /api/risks'> {
  const kept = listFor(view, visitor).matching(query);
  return { ...cutPage(kept, query), revision: view.revision };
}

const lists = new WeakMap<View, Map<string, PreparedList<RiskRow>>>();

/** The rows of a view for one person, made once. */
function listFor(view: View, visitor: Visitor): PreparedList<RiskRow> {
  const key = `${visitor.mayDecide} ${visitor.person}`;
  const ofView = lists.get(view) ?? new Map<string, PreparedList<RiskRow>>();
  lists.set(view, ofView);
  const known = ofView.get(key);
  if (known) return known;
  const list = preparedList(riskRows(view, visitor), RISKS);
  ofView.set(key, list);
  return list;
}

export function rowsFor(view: View, visitor: Visitor): readonly RiskRow[] {
  return listFor(view, visitor).items;
}

const MOST_NAMED = 20;

/** A risk stands where the upper ends of its intervals are. */
export function heatMap(view: View, visitor: Visitor): HeatMap {
  const rows = rowsFor(view, visitor).filter(({ gone }) => !gone);
  const cells = [3, 2, 1].flatMap((importance) =>
    [1, 2, 3].map((likelihood) => {
      const here = rows.filter(
        (row) => row.importance.high === importance && row.likelihood.high === likelihood,
      );
      const value = importance * likelihood;
      return {
        importance,
        likelihood,
        value,
        band: bandOf(value),
        open: here.filter(({ standing }) => !standing.counts).length,
        decided: here.filter(({ standing }) => standing.counts).length,
        risks: here.slice(0, MOST_NAMED).map(({ id }) => id),
      };
    }),
  );
  return { revision: view.revision, cells };
}

const COLUMNS: readonly DecisionState[] = [
  'lapsed',
  'undecided',
  'proposed',
  'rejected',
  'reducing',
  'accepted',
  'transferred',
  'avoided',
  'closed',
];
const MOST_CARDS = 100;

export function board(view: View, visitor: Visitor): Board {
  const byStatus = Map.groupBy(rowsFor(view, visitor), ({ standing }) => standing.status);
  return {
    revision: view.revision,
    columns: COLUMNS.map((status) => {
      const rows = byStatus.get(status) ?? [];
      return { status, total: rows.length, risks: rows.slice(0, MOST_CARDS) };
    }),
  };
}
