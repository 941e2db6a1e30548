import type { PutDialect } from '../put-sql.ts';

/** SQLite's way of writing: numbered parameters, tables side by side, versions as parameters. */
export const SQLITE: PutDialect = {
  table: (collection) => `"r_${collection}"`,
  parameter: (number) => `?${number}`,
  newVersion: undefined,
};
