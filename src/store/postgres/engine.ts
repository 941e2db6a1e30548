import type { Collections, Engine, PreparedTransaction } from '../engine.ts';
import { type Announcements, announcementsOf } from './announcements.ts';
import { applyTransaction } from './apply.ts';
import { type Connections, connectTo, type Session } from './connection.ts';
import { isTransient } from './errors.ts';
import { insertEvents, moveCursor, pruneEvents, readCursor, readEvents } from './outbox.ts';
import { prepareSchema } from './schema.ts';
import { countRecords, readRecord, selectPage } from './select.ts';

/** Deadlocks and serialisation failures undo one of the rivals: it simply tries again. */
const ATTEMPTS = 5;

/**
 * The engine on a PostgreSQL database (13 or newer, UTF-8), in the namespace `honmaru`.
 *
 * @throws StoreError `store-unreachable`, `store-refused`, `store-newer`.
 */
export async function openPostgres(url: string, collections: Collections): Promise<Engine> {
  const connections = connectTo(url);
  try {
    await connections.use((session) => prepareSchema(session, collections));
  } catch (error) {
    await connections.close();
    throw error;
  }
  return engineOn(connections, announcementsOf(url), collections);
}

function engineOn(connections: Connections, announcements: Announcements, collections: Collections): Engine {
  return {
    name: 'postgres',
    read: (collection, key) => connections.use((session) => readRecord(session, collection, key)),
    select: (selection) => connections.use((session) => selectPage(session, selection)),
    count: (selection) => connections.use((session) => countRecords(session, selection)),
    apply: (transaction) => connections.use((session) => applyPatiently(session, collections, transaction)),
    append: (events) => connections.use((session) => insertEvents(session, events)),
    readEvents: (after, limit) => connections.use((session) => readEvents(session, after, limit)),
    readCursor: (subscriber) => connections.use((session) => readCursor(session, subscriber)),
    saveCursor: (cursor) => connections.use((session) => moveCursor(session, cursor)),
    pruneEvents: (writtenBefore, limit) =>
      connections.use((session) => pruneEvents(session, writtenBefore, limit)),
    listen: (listener) => announcements.listen(listener),
    async close() {
      await announcements.close();
      await connections.close();
    },
  };
}

async function applyPatiently(
  session: Session,
  collections: Collections,
  transaction: PreparedTransaction,
): Promise<readonly (number | undefined)[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyTransaction(session, collections, transaction);
    } catch (error) {
      if (!isTransient(error) || attempt === ATTEMPTS) throw error;
    }
  }
}
