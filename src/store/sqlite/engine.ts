import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Collections, Engine } from '../engine.ts';
import { applierOn } from './apply.ts';
import { type Connection, connect } from './connection.ts';
import { isBusy, readableError } from './errors.ts';
import { prepareFile } from './file.ts';
import { groupCommit } from './group-commit.ts';
import { appendEvents, moveCursor, pruneEvents, readCursor, readEvents } from './outbox.ts';
import { prepareSchema } from './schema.ts';
import { countRecords, readRecord, selectPage } from './select.ts';

/** Opens a database that lives as long as the process; for tests. */
export const IN_MEMORY = ':memory:';

const OPEN_PATIENCE = 10_000;
const PAUSE = 20;
const SMALL_JOB = 256;

/**
 * The engine on a SQLite file: reads are answered at once, writes by group commit. Several processes
 * may have the same file open.
 *
 * @throws StoreError `store-location`, `store-readonly`, `store-corrupt`, `store-newer`, `store-busy`.
 */
export async function openSqlite(path: string, collections: Collections): Promise<Engine> {
  if (path === IN_MEMORY) return engineOn(await openPrepared(path, collections), collections);
  // SQLite would take a name that begins with "file:" for a URI with options; a whole path never does.
  const file = resolve(path);
  prepareFile(file);
  return engineOn(await openPrepared(file, collections), collections);
}

/** Opens the file and brings it into form, waiting while another process does the same. */
async function openPrepared(path: string, collections: Collections): Promise<Connection> {
  const deadline = Date.now() + OPEN_PATIENCE;
  for (;;) {
    try {
      return openOnce(path, collections);
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw readableError(error, path);
      await delay(PAUSE);
    }
  }
}

function openOnce(path: string, collections: Collections): Connection {
  const connection = connect(path);
  try {
    prepareSchema(connection, collections);
    return connection;
  } catch (error) {
    connection.database.close();
    throw error;
  }
}

function engineOn(connection: Connection, collections: Collections): Engine {
  const commits = groupCommit(connection);
  const applier = applierOn(connection, collections);

  async function answer<Result>(read: () => Result): Promise<Result> {
    try {
      return read();
    } catch (error) {
      throw readableError(error, connection.path);
    }
  }

  return {
    name: 'sqlite',
    read: (collection, key) => answer(() => readRecord(connection, collection, key)),
    select: (selection) => answer(() => selectPage(connection, selection)),
    count: (selection) => answer(() => countRecords(connection, selection)),
    apply: (transaction) =>
      commits.submit({
        bytes: transaction.bytes,
        run: (versions) => applier.apply(transaction, versions),
      }),
    append: (events, bytes) => commits.submit({ bytes, run: () => appendEvents(connection, events) }),
    readEvents: (after, limit) => answer(() => readEvents(connection, after, limit)),
    readCursor: (subscriber) => answer(() => readCursor(connection, subscriber)),
    saveCursor: (cursor) => commits.submit({ bytes: SMALL_JOB, run: () => moveCursor(connection, cursor) }),
    pruneEvents: (writtenBefore, limit) =>
      commits.submit({ bytes: SMALL_JOB, run: () => pruneEvents(connection, writtenBefore, limit) }),
    async close() {
      await commits.settled();
      connection.database.close();
    },
  };
}
