import type { Attachment, SafeguardReport } from '../../model/safeguard.ts';
import { overallState } from '../../model/safeguard-state.ts';
import type { Answer, MatrixRow, SafeguardState } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { cutPage, type ListDefinition, type ListQuery, preparedList } from './list.ts';

const MATRIX: ListDefinition<MatrixRow> = {
  fields: { type: ({ type }) => type },
  sorts: { name: ({ name }) => name, type: ({ type }) => type },
  words: ({ resource, name, type }) => [resource, name, type].join(' '),
};

/** Resource × safeguard. `safeguard`, `factor` and `state` choose cells; rows without any are left out. */
export function matrixPage({ base, revision }: View, query: ListQuery): Answer<'GET /api/safeguards'> {
  const columns = base.assessment.safeguards.filter((report) => isColumn(report, query));
  const shown = new Set(columns.map(({ id }) => id));
  const rows = base
    .memo(matrixRows)
    .map((row) => ({
      ...row,
      cells: row.cells.filter((cell) => shown.has(cell.safeguard) && fits(cell.state, query)),
    }))
    .filter(({ cells }) => cells.length > 0);
  const kept = preparedList(rows, MATRIX).matching(query);
  return { ...cutPage(kept, query), columns: columns.map(columnOf), revision };
}

function isColumn({ id, factor, attachments }: SafeguardReport, query: ListQuery): boolean {
  const applies = attachments.some(({ state }) => state !== 'not-applicable');
  return applies && isWanted(id, query, 'safeguard') && isWanted(factor, query, 'factor');
}

function fits(state: SafeguardState, query: ListQuery): boolean {
  return isWanted(state, query, 'state');
}

function isWanted(value: string, query: ListQuery, field: string): boolean {
  const wanted = (query[field] ?? []) as readonly string[];
  const unwanted = (query[`${field}.not`] ?? []) as readonly string[];
  return (wanted.length === 0 || wanted.includes(value)) && !unwanted.includes(value);
}

function columnOf({ id, name, factor, effect, price, attachments }: SafeguardReport) {
  const counts: Record<SafeguardState, number> = {
    on: 0,
    partial: 0,
    off: 0,
    unknown: 0,
    'not-applicable': 0,
  };
  for (const { state } of attachments) counts[state] += 1;
  return {
    id,
    name,
    factor,
    effect,
    price,
    state: overallState(attachments.map(({ state }) => state)),
    counts,
  };
}

/** The attachments at each resource, in the order of the safeguards. */
export function attachmentsByResource({
  assessment,
}: Base): ReadonlyMap<
  string,
  readonly { readonly report: SafeguardReport; readonly attachment: Attachment }[]
> {
  const all = assessment.safeguards.flatMap((report) =>
    report.attachments.map((attachment) => ({ report, attachment })),
  );
  return Map.groupBy(all, ({ attachment }) => attachment.resource);
}

function matrixRows(base: Base): readonly MatrixRow[] {
  return [...base.memo(attachmentsByResource)].map(([resource, attached]) => ({
    resource,
    name: plainName(base, resource),
    type: base.typeOf(resource),
    cells: attached
      .filter(({ attachment }) => attachment.state !== 'not-applicable')
      .map(({ report, attachment }) => ({
        safeguard: report.id,
        state: attachment.state,
        because: attachment.because,
      })),
  }));
}
