import pg, { type ClientBase } from 'pg';
import { isFromServer, readableError } from './errors.ts';

/** A row of an answer; columns are text, numbers or null. */
export type Row = Readonly<Record<string, string | number | null>>;

export type Parameter = string | number | null | readonly string[];

/** One connection to the server, inside or outside of a transaction. */
export interface Session {
  /** Runs a statement with parameters, prepared on its first use. */
  run(sql: string, parameters?: readonly Parameter[]): Promise<Answer>;
  /** Runs statements without parameters, not prepared. */
  exec(sql: string): Promise<void>;
}

export interface Answer {
  readonly rows: readonly Row[];
  /** Rows that a statement wrote or read. */
  readonly count: number;
}

/** Connections to one database. */
export interface Connections {
  /** Lends a connection; after a failure of the network it is thrown away. */
  use<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const MOST_CONNECTIONS = 10;
const CONNECT_PATIENCE = 10_000;

/**
 * Settings of a connection. A commit waits for the disk even where the server's default says otherwise;
 * nobody waits for ever.
 */
const SETTINGS = `
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
  SET lock_timeout = '10s';
  SET idle_in_transaction_session_timeout = '60s';
  SET statement_timeout = '120s'
`;

/** Makes the connections of a `postgres://` URL, each when it is first needed. */
export function connectTo(url: string): Connections {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_PATIENCE,
    application_name: 'honmaru',
    onConnect: async (client) => {
      await client.query(SETTINGS);
    },
  });
  // A connection that breaks while idle is replaced; whoever needs the server next hears of it.
  pool.on('error', () => {});
  const names = new Map<string, string>();

  function nameOf(sql: string): string {
    const known = names.get(sql);
    if (known) return known;
    const name = `honmaru_${names.size + 1}`;
    names.set(sql, name);
    return name;
  }

  async function lend<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const client = await pool.connect();
    let broken = true;
    try {
      const result = await work(sessionOf(client, nameOf));
      broken = false;
      return result;
    } catch (error) {
      broken = !isFromServer(error) || client.getTransactionStatus() !== 'I';
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const busy = new Set<Promise<unknown>>();

  return {
    async use(work) {
      const lent = lend(work);
      busy.add(lent);
      try {
        return await lent;
      } catch (error) {
        throw readableError(error);
      } finally {
        busy.delete(lent);
      }
    },
    async close() {
      // The pool would let those wait in vain that have no connection yet.
      await Promise.allSettled(busy);
      await pool.end();
    },
  };
}

function sessionOf(client: ClientBase, nameOf: (sql: string) => string): Session {
  return {
    async run(sql, parameters = []) {
      const answer = await client.query({ name: nameOf(sql), text: sql, values: [...parameters] });
      return { rows: answer.rows as readonly Row[], count: answer.rowCount ?? 0 };
    },
    async exec(sql) {
      await client.query(sql);
    },
  };
}

/**
 * Runs work in a transaction: committed when it succeeds, undone when it throws.
 *
 * @param begin for another isolation than the server's usual one.
 */
export async function inTransaction<Result>(
  session: Session,
  work: () => Promise<Result>,
  begin = 'BEGIN',
): Promise<Result> {
  await session.exec(begin);
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    // When the connection is gone the server undoes the transaction by itself.
    await session.exec('ROLLBACK').catch(() => {});
    throw error;
  }
  await session.exec('COMMIT');
  return result;
}
