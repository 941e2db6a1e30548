import type { Collection } from './collection.ts';
import type { PutStep } from './engine.ts';
import { type Dialect, indexColumn } from './select-sql.ts';

/** Where a put's new version comes from: a parameter of its own, or an expression of the engine. */
export interface PutDialect extends Dialect {
  readonly newVersion: string | undefined;
}

/** The three ways to put: whatever is there, only over a version, only where nothing is. */
export type PutWay = 'any' | 'version' | 'absent';

export function putWay(step: PutStep): PutWay {
  if (step.expected === undefined) return 'any';
  return step.expected === 'absent' ? 'absent' : 'version';
}

/**
 * The statement of a put. It changes no row when the record is not as expected; a version that the
 * engine makes is returned. Parameters in order: key, schema, value, one per index, the new version (if it
 * is a parameter), the expected version (if any).
 */
export function putSql(collection: Collection<unknown>, way: PutWay, dialect: PutDialect): string {
  const columns = ['schema', 'value', ...collection.indexes.map((index) => indexColumn(index.name))];
  const key = dialect.parameter(1);
  const values = columns.map((_, at) => dialect.parameter(at + 2));
  const version = dialect.newVersion ?? dialect.parameter(columns.length + 2);
  const table = dialect.table(collection.name);
  const returning = dialect.newVersion ? ' RETURNING version' : '';
  if (way === 'version') {
    const expected = dialect.parameter(columns.length + (dialect.newVersion ? 2 : 3));
    const assignments = columns.map((column, at) => `${column} = ${values[at]}`).join(', ');
    return `UPDATE ${table} SET ${assignments}, version = ${version} WHERE key = ${key} AND version = ${expected}${returning}`;
  }
  const insert = `INSERT INTO ${table} (key, ${columns.join(', ')}, version) VALUES (${key}, ${values.join(', ')}, ${version})`;
  if (way === 'absent') return `${insert} ON CONFLICT (key) DO NOTHING${returning}`;
  const replaced = [...columns, 'version'].map((column) => `${column} = excluded.${column}`).join(', ');
  return `${insert} ON CONFLICT (key) DO UPDATE SET ${replaced}${returning}`;
}
