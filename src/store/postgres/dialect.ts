import type { PutDialect } from '../put-sql.ts';

/** The PostgreSQL schema (namespace) that holds everything of the store. */
export const NAMESPACE = 'honmaru';

/** PostgreSQL's way of writing; versions come from a sequence, so that they never repeat. */
export const POSTGRES: PutDialect = {
  table: (collection) => `${NAMESPACE}."r_${collection}"`,
  parameter: (number) => `$${number}`,
  newVersion: `nextval('${NAMESPACE}.versions')`,
};
