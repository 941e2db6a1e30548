import type { ReactNode } from 'react';
import type { Text } from '../../../src/api/contract.ts';
import type { Answered } from '../api/use-answer.ts';
import { useText } from '../language/language.tsx';
import { TABLE } from '../texts/shell.ts';
import { type Filter, Filters } from './filters.tsx';
import type { ListQuery } from './list-query.ts';
import { Pager } from './pager.tsx';
import { ProblemBox } from './problem-box.tsx';
import { type Column, RowTable, type Selection } from './row-table.tsx';

export { type Filter, optionsOf } from './filters.tsx';
export type { Column } from './row-table.tsx';

interface Page<Row> {
  readonly items: readonly Row[];
  readonly total: number;
  readonly pages: number;
}

interface ListingProps<Row> {
  readonly of: Answered<Page<Row>>;
  readonly query: ListQuery;
  readonly what: Text;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  readonly trackBy: (row: Row) => string;
  readonly selection?: Selection<Row>;
  readonly nameOf?: (row: Row) => string;
  /** The first column stays when the others scroll; else each row becomes a card where there is little room. */
  readonly keepFirst?: boolean;
  /** What to do when there is nothing at all. */
  readonly whenEmpty?: ReactNode;
}

/** A table whose rows the server filters, sorts and pages. */
export function Listing<Row>(props: ListingProps<Row>) {
  const { of, query, what, columns, filters = [], trackBy, selection, nameOf, keepFirst, whenEmpty } = props;
  const t = useText();
  const { data, loading, problem, again } = of;
  return (
    <div className="listing">
      <Filters query={query} filters={filters} what={what} total={data?.total} />
      {problem && <ProblemBox problem={problem} onRetry={again} />}
      <RowTable
        rows={data?.items}
        loading={loading}
        query={query}
        label={t(what)}
        columns={columns}
        trackBy={trackBy}
        nameOf={nameOf ?? trackBy}
        selection={selection}
        keepFirst={keepFirst ?? false}
        empty={query.filtered ? t(TABLE.nothingFound) : (whenEmpty ?? t(TABLE.nothing))}
      />
      {data && data.pages > 1 && (
        <Pager page={query.page} pages={data.pages} onPage={(page) => query.change({ page })} />
      )}
    </div>
  );
}
