import type { Collection } from '../collection.ts';
import type { Collections, EngineRecord } from '../engine.ts';
import { newerSchema } from '../errors.ts';
import { indexColumn } from '../select-sql.ts';
import { indexList, indexValuesOf, type StoredDefinition, tableChange } from '../stored-definition.ts';
import type { Connection } from './connection.ts';
import { SQLITE } from './dialect.ts';
import { corruptError } from './errors.ts';

/** "Honm" in ASCII: tells a store from another program's SQLite file. */
const APPLICATION_ID = 0x486f6e6d;

/** Version of the tables that are there in every file. 2: `batches`. */
const FILE_SCHEMA = 2;

/** Events that were appended together; a file of version 1 kept them among the others. */
const BATCHES = `
  CREATE TABLE batches (position INTEGER PRIMARY KEY, written_at INTEGER NOT NULL, envelopes TEXT NOT NULL);
  PRAGMA user_version = ${FILE_SCHEMA};
`;

const TABLES = `
  CREATE TABLE collections (name TEXT PRIMARY KEY NOT NULL, schema INTEGER NOT NULL, indexes TEXT NOT NULL);
  CREATE TABLE sequence (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL);
  INSERT INTO sequence VALUES (1, 0);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    written_at INTEGER NOT NULL,
    envelope TEXT NOT NULL
  );
  CREATE TABLE cursors (subscriber TEXT PRIMARY KEY NOT NULL, position INTEGER NOT NULL);
  PRAGMA application_id = ${APPLICATION_ID};
  ${BATCHES}
`;

/**
 * Brings a file into the form that this program knows, in one transaction.
 *
 * @throws StoreError `store-newer` for a file of a newer program, `store-corrupt` for another program's.
 */
export function prepareSchema(connection: Connection, collections: Collections): void {
  if (isUpToDate(connection, collections)) return;
  const { database } = connection;
  database.exec('BEGIN IMMEDIATE');
  try {
    prepareTables(connection);
    for (const collection of collections.values()) prepareCollection(connection, collection);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** The usual case, answered without the write lock. */
function isUpToDate(connection: Connection, collections: Collections): boolean {
  if (!hasTables(connection) || pragma(connection, 'user_version') < FILE_SCHEMA) return false;
  return [...collections.values()].every((collection) => {
    const stored = storedDefinition(connection, collection);
    return stored !== undefined && tableChange(collection, stored) === undefined;
  });
}

/** Whether the file is a store; false when it is empty. */
function hasTables(connection: Connection): boolean {
  const id = pragma(connection, 'application_id');
  if (id === APPLICATION_ID) {
    const found = pragma(connection, 'user_version');
    if (found > FILE_SCHEMA) throw newerSchema(`the store ${connection.path}`, found, FILE_SCHEMA);
    return true;
  }
  const tables = connection.database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get();
  if (id !== 0 || tables?.tables !== 0) throw corruptError(connection.path);
  return false;
}

function pragma(connection: Connection, name: 'application_id' | 'user_version'): number {
  return Number(connection.database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function prepareTables(connection: Connection): void {
  if (!hasTables(connection)) connection.database.exec(TABLES);
  else if (pragma(connection, 'user_version') < FILE_SCHEMA) connection.database.exec(BATCHES);
}

function storedDefinition(
  connection: Connection,
  collection: Collection<unknown>,
): StoredDefinition | undefined {
  const row = connection.database
    .prepare('SELECT schema, indexes FROM collections WHERE name = ?')
    .get(collection.name);
  return row && { schema: Number(row.schema), indexes: String(row.indexes) };
}

function prepareCollection(connection: Connection, collection: Collection<unknown>): void {
  const { database } = connection;
  const table = SQLITE.table(collection.name);
  const stored = storedDefinition(connection, collection);
  if (!stored) {
    const columns = collection.indexes.map((index) => `${indexColumn(index.name)} TEXT, `).join('');
    database.exec(
      `CREATE TABLE ${table} (key TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, ${columns}value TEXT NOT NULL)`,
    );
  }
  const change = stored
    ? tableChange(collection, stored)
    : { drop: [], create: collection.indexes, reindex: false };
  if (!change) return;
  for (const index of change.drop) {
    database.exec(`DROP INDEX ${indexName(collection, index)}`);
    database.exec(`ALTER TABLE ${table} DROP COLUMN ${indexColumn(index)}`);
  }
  if (stored) {
    for (const index of change.create) {
      database.exec(`ALTER TABLE ${table} ADD COLUMN ${indexColumn(index.name)} TEXT`);
    }
  }
  for (const index of change.create) createIndex(connection, collection, index.name, index.unique);
  if (change.reindex) reindex(connection, collection);
  database
    .prepare('INSERT OR REPLACE INTO collections (name, schema, indexes) VALUES (?, ?, ?)')
    .run(collection.name, collection.schema, indexList(collection));
}

function indexName(collection: Collection<unknown>, index: string): string {
  return `"x:${collection.name}:${index}"`;
}

function createIndex(
  { database }: Connection,
  collection: Collection<unknown>,
  index: string,
  unique: boolean,
): void {
  const column = indexColumn(index);
  const columns = unique ? column : `${column}, key`;
  database.exec(
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${indexName(collection, index)} ON ${SQLITE.table(collection.name)} (${columns}) WHERE ${column} IS NOT NULL`,
  );
}

/** Computes the index values of every record anew, one record in memory at a time. */
function reindex({ database }: Connection, collection: Collection<unknown>): void {
  if (collection.indexes.length === 0) return;
  const table = SQLITE.table(collection.name);
  const next = database.prepare(
    `SELECT key, version, schema, value FROM ${table} WHERE key > ? ORDER BY key LIMIT 1`,
  );
  const assignments = collection.indexes.map((index) => `${indexColumn(index.name)} = ?`).join(', ');
  const write = database.prepare(`UPDATE ${table} SET ${assignments} WHERE key = ?`);
  for (let row = next.get(''); row; row = next.get(String(row.key))) {
    write.run(...indexValuesOf(collection, row as unknown as EngineRecord), String(row.key));
  }
}
