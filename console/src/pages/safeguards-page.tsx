import type { Answer, MatrixRow, Text } from '../../../src/api/contract.ts';
import { useAnswer } from '../api/use-answer.ts';
import { pathOf } from '../app/router.ts';
import { useText } from '../language/language.tsx';
import { useListQuery } from '../parts/list-query.ts';
import { type Filter, Listing, optionsOf } from '../parts/listing.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { resourceName } from '../parts/resource-name.ts';
import { StateMark, StateShape } from '../parts/state-mark.tsx';
import { SAFEGUARD } from '../texts/lists.ts';
import { SHELL } from '../texts/shell.ts';
import { EFFECTS, FACTORS, PRICES, STATES } from '../texts/words.ts';

type MatrixColumn = Answer<'GET /api/safeguards'>['columns'][number];

/** Safeguards by place: a matrix of resources and safeguards. */
export function SafeguardsPage() {
  const t = useText();
  const query = useListQuery(['safeguard', 'state', 'factor', 'type']);
  const answer = useAnswer('GET /api/safeguards', { query: query.asked });
  const columns = answer.data?.columns ?? [];
  const here = query.values('safeguard');
  const shown = here.length > 0 ? columns.filter(({ id }) => here.includes(id)) : columns;
  const filters: readonly Filter[] = [
    {
      field: 'safeguard',
      title: SAFEGUARD.safeguard,
      options: columns.map(({ id, name }) => ({ value: id, text: name })),
    },
    { field: 'state', title: SAFEGUARD.state, options: optionsOf(STATES) },
    { field: 'factor', title: SAFEGUARD.factor, options: optionsOf(FACTORS) },
  ];
  return (
    <>
      <PageHead title={t(SHELL.safeguards)}>
        {t(SAFEGUARD.lead)}
        <span className="legend">
          {(['on', 'partial', 'off', 'unknown'] as const).map((state) => (
            <StateMark key={state} state={state} />
          ))}
        </span>
      </PageHead>
      <div className="matrix">
        <Listing
          of={answer}
          query={query}
          what={SHELL.safeguards}
          keepFirst
          columns={[
            {
              id: 'name',
              title: SAFEGUARD.resource,
              sort: 'name',
              minWidth: 200,
              cell: ({ resource, name, type }: MatrixRow) => (
                <div className="cell-main">
                  <a href={pathOf('resources', resource)}>{resourceName(resource, name, t)}</a>
                  <span className="below">{type}</span>
                </div>
              ),
            },
            ...shown.map((column) => ({
              id: column.id,
              title: column.name,
              upright: true,
              minWidth: 52,
              cell: (row: MatrixRow) => <Cell row={row} column={column} />,
            })),
          ]}
          filters={filters}
          trackBy={({ resource }) => resource}
        />
      </div>
      <Summary columns={shown} />
    </>
  );
}

function Cell({ row, column }: { readonly row: MatrixRow; readonly column: MatrixColumn }) {
  const t = useText();
  const cell = row.cells.find(({ safeguard }) => safeguard === column.id);
  if (!cell) {
    return (
      <span className="no-place">
        <span aria-hidden="true">·</span>
        <span className="unseen">{t(SAFEGUARD.noPlace)}</span>
      </span>
    );
  }
  const place = encodeURIComponent(row.resource);
  return (
    <a
      className={`matrix-mark ${cell.state}`}
      href={`/?safeguard=${encodeURIComponent(cell.safeguard)}&place=${place}`}
      title={t(cell.because)}
    >
      <StateShape state={cell.state} />
      <span>{t(STATES[cell.state])}</span>
    </a>
  );
}

function Summary({ columns }: { readonly columns: readonly MatrixColumn[] }) {
  const t = useText();
  const heads: readonly Text[] = [
    SAFEGUARD.safeguard,
    SAFEGUARD.state,
    SAFEGUARD.places,
    SAFEGUARD.factor,
    SAFEGUARD.effect,
    SAFEGUARD.price,
  ];
  return (
    <section className="summary">
      <h2>{t(SAFEGUARD.summary)}</h2>
      <div className="scroll">
        <table className="simple">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head.en} scope="col">
                  {t(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map(({ id, name, state, counts, factor, effect, price }) => {
              const { 'not-applicable': _, ...applicable } = counts;
              const places = Object.values(applicable).reduce((sum, count) => sum + count, 0);
              return (
                <tr key={id}>
                  <th scope="row">
                    <a href={`/safeguards?safeguard=${encodeURIComponent(id)}`}>{t(name)}</a>
                  </th>
                  <td>
                    <StateMark state={state} />
                  </td>
                  <td>{t(SAFEGUARD.onOf(counts.on ?? 0, places))}</td>
                  <td>{t(FACTORS[factor])}</td>
                  <td>{t(EFFECTS[effect])}</td>
                  <td>{t(PRICES[price])}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
