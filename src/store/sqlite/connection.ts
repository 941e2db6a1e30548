import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** One connection to a SQLite file with its prepared statements. */
export interface Connection {
  readonly path: string;
  readonly database: DatabaseSync;
  /** The prepared statement of a text; texts are few, since values are always parameters. */
  prepared(sql: string): StatementSync;
}

/** How long SQLite itself waits for a lock while the process stands still, in milliseconds. */
const LOCK_WAIT = 100;

/**
 * A new file has pages of 8 KiB, since most of what is written are long rows of records. Settings of durability: a commit waits for the disk (`synchronous=FULL`, and on macOS for the drive's
 * own cache); the log is cut back after large commits.
 */
const SETTINGS = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA trusted_schema = OFF;
`;

/** Opens a file (or `:memory:`); errors are SQLite's own. */
export function connect(path: string): Connection {
  const database = new DatabaseSync(path, { timeout: LOCK_WAIT, defensive: true });
  try {
    database.exec(SETTINGS);
  } catch (error) {
    database.close();
    throw error;
  }
  const statements = new Map<string, StatementSync>();
  return {
    path,
    database,
    prepared(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const statement = database.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}
