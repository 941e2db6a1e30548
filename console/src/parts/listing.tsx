import Button from '@cloudscape-design/components/button';
import Multiselect from '@cloudscape-design/components/multiselect';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { type ReactNode, useEffect, useState } from 'react';
import type { Text } from '../../../src/api/contract.ts';
import type { Answered } from '../api/use-answer.ts';
import { showNumber } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { TABLE } from '../texts/shell.ts';
import { LIST_SEPARATOR } from '../texts/words.ts';
import type { ListQuery } from './list-query.ts';
import { ProblemBox } from './problem-box.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly title: Text;
  readonly cell: (row: Row) => ReactNode;
  /** The server's name of the order by this column. */
  readonly sort?: string;
  /** The first click shows the highest first. */
  readonly highestFirst?: boolean;
  readonly width?: number;
  readonly minWidth?: number;
}

export interface Filter {
  readonly field: string;
  readonly title: Text;
  readonly options: readonly { readonly value: string; readonly text: Text }[];
}

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
  readonly selection?: { readonly rows: readonly Row[]; readonly choose: (rows: readonly Row[]) => void };
  readonly nameOf?: (row: Row) => string;
  /** The first column stays when the others scroll. */
  readonly keepFirst?: boolean;
}

const TYPING_PAUSE = 250;

/** A table whose rows the server filters, sorts and pages. */
export function Listing<Row>({ of, query, what, columns, filters = [], ...rest }: ListingProps<Row>) {
  const t = useText();
  const { data, loading, problem, again } = of;
  const { trackBy, selection, nameOf, keepFirst } = rest;
  const definitions = columns.map((column) => definition(column, t));
  return (
    <div className="listing">
      <Filters query={query} filters={filters} what={what} total={data?.total} />
      {problem && <ProblemBox problem={problem} onRetry={again} />}
      <Table<Row>
        items={data?.items ?? []}
        trackBy={trackBy}
        columnDefinitions={definitions}
        variant="container"
        wrapLines
        contentDensity="compact"
        {...(keepFirst ? { stickyColumns: { first: 1 } } : {})}
        loading={loading && data === undefined}
        sortingColumn={
          definitions.find(({ sortingField }) => sortingField === query.sort && query.sort) ?? {}
        }
        sortingDescending={query.descending}
        onSortingChange={({ detail }) => {
          const field = detail.sortingColumn.sortingField ?? '';
          const highest = columns.find(({ sort }) => sort === field)?.highestFirst ?? false;
          const descending = field === query.sort ? !query.descending : highest;
          query.change({ sort: { field, descending } });
        }}
        {...(selection
          ? {
              selectionType: 'multi' as const,
              selectedItems: selection.rows,
              onSelectionChange: ({ detail }) => selection.choose(detail.selectedItems),
            }
          : {})}
        ariaLabels={{
          tableLabel: t(what),
          selectionGroupLabel: t(what),
          allItemsSelectionLabel: () => t(TABLE.selectAll),
          itemSelectionLabel: (_, row) => t(TABLE.select(nameOf?.(row) ?? trackBy(row))),
        }}
        empty={<div className="empty">{t(query.filtered ? TABLE.nothingFound : TABLE.nothing)}</div>}
      />
      {data && data.pages > 1 && (
        <Pagination
          currentPageIndex={query.page}
          pagesCount={data.pages}
          ariaLabels={{
            previousPageLabel: t(TABLE.previous),
            nextPageLabel: t(TABLE.next),
            pageLabel: (page) => t(TABLE.page(page, data.pages)),
          }}
          onChange={({ detail }) => query.change({ page: detail.currentPageIndex })}
        />
      )}
    </div>
  );
}

function definition<Row>(column: Column<Row>, t: (text: Text) => string) {
  return {
    id: column.id,
    header: t(column.title),
    cell: column.cell,
    ...(column.sort ? { sortingField: column.sort } : {}),
    ...(column.width ? { width: column.width } : {}),
    ...(column.minWidth ? { minWidth: column.minWidth } : {}),
  };
}

interface FiltersProps {
  readonly query: ListQuery;
  readonly filters: readonly Filter[];
  readonly what: Text;
  readonly total: number | undefined;
}

function Filters({ query, filters, what, total }: FiltersProps) {
  const t = useText();
  const { language } = useLanguage();
  const [typed, setTyped] = useState(query.text);
  const { text, change } = query;
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => change({ text: typed }), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, text, change]);
  return (
    <div className="filters">
      <div className="search">
        <TextFilter
          filteringText={typed}
          filteringPlaceholder={t(TABLE.search)}
          filteringAriaLabel={t(TABLE.searchIn(t(what)))}
          onChange={({ detail }) => setTyped(detail.filteringText)}
        />
      </div>
      {filters.map((filter) => (
        <FieldFilter key={filter.field} filter={filter} query={query} />
      ))}
      {total !== undefined && (
        <span className="total" role="status">
          {t(TABLE.matches(showNumber(total, language), total))}
        </span>
      )}
      {query.filtered && (
        <Button
          variant="inline-link"
          onClick={() => {
            setTyped('');
            query.clear();
          }}
        >
          {t(TABLE.clear)}
        </Button>
      )}
    </div>
  );
}

function FieldFilter({ filter, query }: { readonly filter: Filter; readonly query: ListQuery }) {
  const t = useText();
  const values = query.values(filter.field);
  const unnamed = values.filter((value) => filter.options.every((option) => option.value !== value));
  const options = [
    ...filter.options.map(({ value, text }) => ({ value, label: t(text) })),
    ...unnamed.map((value) => ({ value, label: value })),
  ];
  const chosen = options.filter(({ value }) => values.includes(value));
  const title = t(filter.title);
  const said = chosen.map(({ label }) => label).join(t(LIST_SEPARATOR));
  return (
    <div className={chosen.length > 0 ? 'field-filter chosen' : 'field-filter'} data-filter={filter.field}>
      <Multiselect
        options={options}
        selectedOptions={chosen}
        hideTokens
        expandToViewport
        placeholder={said ? `${title}: ${said}` : title}
        ariaLabel={t(TABLE.filterBy(title))}
        onChange={({ detail }) =>
          query.change({
            filter: {
              field: filter.field,
              values: detail.selectedOptions.flatMap(({ value }) => (value === undefined ? [] : [value])),
            },
          })
        }
      />
    </div>
  );
}

/** The options of a filter from a table of words. */
export function optionsOf(words: Readonly<Record<string, Text>>): Filter['options'] {
  return Object.entries(words).map(([value, text]) => ({ value, text }));
}
