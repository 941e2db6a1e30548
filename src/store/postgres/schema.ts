import { text } from '../../kernel/texts.ts';
import type { Collection } from '../collection.ts';
import type { Collections, EngineRecord } from '../engine.ts';
import { newerSchema, StoreError } from '../errors.ts';
import { indexColumn } from '../select-sql.ts';
import { indexList, indexValuesOf, STORE_SCHEMA, tableChange } from '../stored-definition.ts';
import { inTransaction, type Session } from './connection.ts';
import { NAMESPACE, POSTGRES } from './dialect.ts';

/** The first version with `xid8` and the snapshot functions that the outbox needs. */
const OLDEST_SERVER = 130_000;

/** Held while tables are made, so that nodes that start together do it one after the other. */
const MIGRATION_LOCK = 0x486f_6e6d;

const TABLES = `
  CREATE SCHEMA IF NOT EXISTS ${NAMESPACE};
  CREATE TABLE ${NAMESPACE}.meta (name text PRIMARY KEY, value integer NOT NULL);
  INSERT INTO ${NAMESPACE}.meta VALUES ('schema', ${STORE_SCHEMA});
  CREATE TABLE ${NAMESPACE}.collections (name text PRIMARY KEY, schema integer NOT NULL, indexes text NOT NULL);
  CREATE SEQUENCE ${NAMESPACE}.versions;
  CREATE TABLE ${NAMESPACE}.events (
    writer xid8 NOT NULL DEFAULT pg_current_xact_id(),
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" NOT NULL,
    written_at bigint NOT NULL,
    envelope text NOT NULL,
    PRIMARY KEY (writer, position)
  );
  CREATE UNIQUE INDEX events_id ON ${NAMESPACE}.events (id);
  CREATE TABLE ${NAMESPACE}.cursors (subscriber text COLLATE "C" PRIMARY KEY, writer xid8 NOT NULL, position bigint NOT NULL);
`;

/**
 * Brings the database into the form that this program knows, in one transaction.
 *
 * @throws StoreError `store-refused` for a server that is too old or not in UTF-8, `store-newer`.
 */
export async function prepareSchema(session: Session, collections: Collections): Promise<void> {
  await demandServer(session);
  if (await isUpToDate(session, collections)) return;
  await inTransaction(session, async () => {
    await session.exec(`SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0`);
    await session.exec(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    if (!(await hasTables(session))) await session.exec(TABLES);
    for (const collection of collections.values()) await prepareCollection(session, collection);
  });
}

async function demandServer(session: Session): Promise<void> {
  const answer = await session.run(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
  );
  const { version, encoding } = answer.rows[0] ?? {};
  if (Number(version) < OLDEST_SERVER) {
    throw new StoreError(
      'store-refused',
      text('PostgreSQL 13 or newer is needed', 'PostgreSQL 13以降が必要です'),
    );
  }
  if (encoding !== 'UTF8') {
    throw new StoreError(
      'store-refused',
      text(
        `the database is in ${encoding}; one in UTF8 is needed`,
        `データベースの文字コードが${encoding}です。UTF8が必要です`,
      ),
    );
  }
}

/** The usual case, answered without a lock. */
async function isUpToDate(session: Session, collections: Collections): Promise<boolean> {
  if (!(await hasTables(session))) return false;
  const stored = await storedDefinitions(session);
  return [...collections.values()].every((collection) => {
    const definition = stored.get(collection.name);
    return definition !== undefined && tableChange(collection, definition) === undefined;
  });
}

/** Asks the catalogue's tables: a name looked up by `to_regclass` may be remembered from before the lock. */
async function hasTables(session: Session): Promise<boolean> {
  const found = await session.run(
    `SELECT FROM pg_catalog.pg_tables WHERE schemaname = '${NAMESPACE}' AND tablename = 'meta'`,
  );
  if (found.count === 0) return false;
  const answer = await session.run(`SELECT value FROM ${NAMESPACE}.meta WHERE name = 'schema'`);
  const schema = Number(answer.rows[0]?.value);
  if (schema > STORE_SCHEMA) throw newerSchema('the database', schema, STORE_SCHEMA);
  return true;
}

async function storedDefinitions(
  session: Session,
): Promise<Map<string, { schema: number; indexes: string }>> {
  const { rows } = await session.run(`SELECT name, schema, indexes FROM ${NAMESPACE}.collections`);
  return new Map(
    rows.map((row) => [String(row.name), { schema: Number(row.schema), indexes: String(row.indexes) }]),
  );
}

async function prepareCollection(session: Session, collection: Collection<unknown>): Promise<void> {
  const table = POSTGRES.table(collection.name);
  const stored = (await storedDefinitions(session)).get(collection.name);
  const change = stored
    ? tableChange(collection, stored)
    : { drop: [], create: collection.indexes, reindex: false };
  if (!change) return;
  if (!stored) {
    await session.exec(
      `CREATE TABLE ${table} (key text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, schema integer NOT NULL, value text NOT NULL)`,
    );
  }
  for (const index of change.drop) {
    await session.exec(`ALTER TABLE ${table} DROP COLUMN ${indexColumn(index)}`);
  }
  for (const { name, unique } of change.create) {
    const column = indexColumn(name);
    const columns = unique ? column : `${column}, key`;
    await session.exec(`ALTER TABLE ${table} ADD COLUMN ${column} text COLLATE "C"`);
    await session.exec(
      `CREATE ${unique ? 'UNIQUE ' : ''}INDEX "x:${collection.name}:${name}" ON ${table} (${columns}) WHERE ${column} IS NOT NULL`,
    );
  }
  if (change.reindex) await reindex(session, collection);
  await session.run(
    `INSERT INTO ${NAMESPACE}.collections (name, schema, indexes) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET schema = excluded.schema, indexes = excluded.indexes`,
    [collection.name, collection.schema, indexList(collection)],
  );
}

/** Computes the index values of every record anew, one record in memory at a time. */
async function reindex(session: Session, collection: Collection<unknown>): Promise<void> {
  if (collection.indexes.length === 0) return;
  const table = POSTGRES.table(collection.name);
  const assignments = collection.indexes
    .map((index, at) => `${indexColumn(index.name)} = $${at + 2}`)
    .join(', ');
  for (let after = ''; ; ) {
    const { rows } = await session.run(
      `SELECT key, schema, value FROM ${table} WHERE key > $1 ORDER BY key LIMIT 1`,
      [after],
    );
    const record = rows[0] as EngineRecord | undefined;
    if (!record) return;
    after = record.key;
    await session.run(`UPDATE ${table} SET ${assignments} WHERE key = $1`, [
      record.key,
      ...indexValuesOf(collection, record),
    ]);
  }
}
