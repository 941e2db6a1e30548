import type { Selection } from './engine.ts';

/** How one engine writes SQL: the table of a collection and the placeholder of the nth parameter. */
export interface Dialect {
  table(collection: string): string;
  parameter(number: number): string;
}

/** A condition with its parameters, and the order that makes pages. */
export interface SelectParts {
  /** Empty or ` WHERE …`. */
  readonly where: string;
  /** Column of the index value, or `NULL` when records are selected by key. */
  readonly at: string;
  readonly orderBy: string;
  readonly parameters: readonly string[];
}

/** The name of the column that holds an index; names were checked by `collection`. */
export function indexColumn(index: string): string {
  return `"i_${index}"`;
}

/** The condition of a selection. Its text depends only on which conditions are set, never on values. */
export function selectParts(selection: Selection, dialect: Dialect): SelectParts {
  const { index, equals, from, before, after, descending } = selection;
  const conditions: string[] = [];
  const parameters: string[] = [];
  const bind = (value: string) => dialect.parameter(parameters.push(value));
  const column = index === undefined ? 'key' : indexColumn(index);
  if (equals !== undefined) conditions.push(`${column} = ${bind(equals)}`);
  if (from !== undefined) conditions.push(`${column} >= ${bind(from)}`);
  if (before !== undefined) conditions.push(`${column} < ${bind(before)}`);
  if (index !== undefined && conditions.length === 0) conditions.push(`${column} IS NOT NULL`);
  const beyond = descending ? '<' : '>';
  if (after) {
    // With one index value the page goes on by key alone, which both engines answer from the index.
    if (index === undefined || equals !== undefined) conditions.push(`key ${beyond} ${bind(after.key)}`);
    else conditions.push(`(${column}, key) ${beyond} (${bind(after.at ?? '')}, ${bind(after.key)})`);
  }
  const direction = descending ? ' DESC' : '';
  const byIndex = index === undefined || equals !== undefined ? '' : `${column}${direction}, `;
  return {
    where: conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '',
    at: index === undefined ? 'NULL' : column,
    orderBy: `${byIndex}key${direction}`,
    parameters,
  };
}
