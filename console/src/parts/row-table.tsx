import Spinner from '@cloudscape-design/components/spinner';
import type { CSSProperties, ReactNode } from 'react';
import type { Text } from '../../../src/api/contract.ts';
import { useText } from '../language/language.tsx';
import { SHELL, TABLE } from '../texts/shell.ts';
import type { ListQuery } from './list-query.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: Text;
  readonly cell: (row: Row) => ReactNode;
  /** The server's name of the order by this column. */
  readonly sort?: string;
  /** The first click shows the highest first. */
  readonly highestFirst?: boolean;
  /** In pixels. */
  readonly minWidth?: number;
  /** Numbers stand below each other at their right ends. */
  readonly number?: boolean;
  /** Left out where there is little room. */
  readonly optional?: boolean;
  /** The title stands upright, so that the column is narrow. */
  readonly upright?: boolean;
}

export interface Selection<Row> {
  readonly rows: readonly Row[];
  readonly choose: (rows: readonly Row[]) => void;
}

interface RowTableProps<Row> {
  /** Undefined before the first answer. */
  readonly rows: readonly Row[] | undefined;
  readonly loading: boolean;
  readonly query: ListQuery;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly trackBy: (row: Row) => string;
  readonly nameOf: (row: Row) => string;
  readonly selection: Selection<Row> | undefined;
  readonly keepFirst: boolean;
  readonly empty: ReactNode;
}

/** Rows below sortable titles. In a narrow place each row is a card, unless its first column stays. */
export function RowTable<Row>(props: RowTableProps<Row>) {
  const { rows, loading, query, label, columns, trackBy, nameOf, selection, keepFirst, empty } = props;
  const t = useText();
  const all = rows ?? [];
  const chosen = new Set(selection?.rows.map(trackBy));
  return (
    <div className="table-frame">
      <div className="table-scroll">
        <table
          className={keepFirst ? 'rows keep-first' : 'rows cards'}
          aria-label={label}
          aria-busy={loading}
        >
          <thead>
            <tr>
              {selection && (
                <th scope="col" className="choose">
                  <input
                    type="checkbox"
                    aria-label={t(TABLE.selectAll)}
                    checked={all.length > 0 && all.every((row) => chosen.has(trackBy(row)))}
                    onChange={({ target }) => selection.choose(target.checked ? all : [])}
                  />
                </th>
              )}
              {columns.map((column) => (
                <Title key={column.id} column={column} query={query} />
              ))}
            </tr>
          </thead>
          <tbody>
            {all.map((row) => {
              const key = trackBy(row);
              return (
                <tr key={key} className={chosen.has(key) ? 'chosen' : ''}>
                  {selection && (
                    <td className="choose">
                      <input
                        type="checkbox"
                        aria-label={t(TABLE.select(nameOf(row)))}
                        checked={chosen.has(key)}
                        onChange={() => selection.choose(toggled(selection.rows, row, trackBy))}
                      />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td key={column.id} className={classOf(column)} data-label={t(column.title)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {rows === undefined && loading && (
        <div className="waiting" role="status">
          <Spinner size="large" />
          <span className="unseen">{t(SHELL.loading)}</span>
        </div>
      )}
      {rows?.length === 0 && <div className="empty">{empty}</div>}
    </div>
  );
}

interface TitleProps<Row> {
  readonly column: Column<Row>;
  readonly query: ListQuery;
}

function Title<Row>({ column, query }: TitleProps<Row>) {
  const t = useText();
  const { sort, minWidth, highestFirst = false } = column;
  const here = sort !== undefined && query.sort === sort;
  const order = query.descending ? 'descending' : 'ascending';
  const title = <span className="title">{t(column.title)}</span>;
  return (
    <th
      scope="col"
      className={`${classOf(column)}${sort === undefined ? '' : ' sortable'}`}
      style={{ '--least': `${minWidth ?? 0}px` } as CSSProperties}
      {...(here ? { 'aria-sort': order } : {})}
    >
      {sort === undefined ? (
        title
      ) : (
        <button
          type="button"
          onClick={() =>
            query.change({ sort: { field: sort, descending: here ? !query.descending : highestFirst } })
          }
        >
          {title}
          <svg className={here ? order : ''} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d="M1 3h8L5 8z" />
          </svg>
        </button>
      )}
    </th>
  );
}

function classOf<Row>({ number, optional, upright }: Column<Row>): string {
  return [number && 'number', optional && 'optional', upright && 'upright'].filter(Boolean).join(' ');
}

function toggled<Row>(rows: readonly Row[], row: Row, trackBy: (row: Row) => string): readonly Row[] {
  const key = trackBy(row);
  const others = rows.filter((each) => trackBy(each) !== key);
  return others.length < rows.length ? others : [...rows, row];
}
