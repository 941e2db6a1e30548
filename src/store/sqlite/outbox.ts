import type { EngineEvent, PreparedTransaction } from '../engine.ts';
import { eventSequence } from '../event-position.ts';
import type { Cursor, EventPosition } from '../store.ts';
import type { Connection } from './connection.ts';

/*
 * SQLite has one writer at a time, so the automatic key of an event grows in the order of commits and
 * can be the position itself. AUTOINCREMENT never gives the number of a deleted event again.
 */

export function insertEvents(connection: Connection, events: PreparedTransaction['events']): void {
  const insert = connection.prepared('INSERT INTO events (id, written_at, envelope) VALUES (?, ?, ?)');
  const now = Date.now();
  for (const { id, envelope } of events) insert.run(id, now, envelope);
}

export function readEvents(
  connection: Connection,
  after: EventPosition | undefined,
  limit: number,
): readonly EngineEvent[] {
  const rows = connection
    .prepared('SELECT position, envelope FROM events WHERE position > ? ORDER BY position LIMIT ?')
    .all(after === undefined ? 0 : eventSequence(after), limit);
  return rows.map((row) => ({ position: String(row.position), envelope: String(row.envelope) }));
}

export function readCursor(connection: Connection, subscriber: string): EventPosition | undefined {
  const row = connection.prepared('SELECT position FROM cursors WHERE subscriber = ?').get(subscriber);
  return row && String(row.position);
}

/** Moves a cursor forward; false when it is there or beyond. */
export function moveCursor(connection: Connection, { subscriber, position }: Cursor): boolean {
  const done = connection
    .prepared(
      `INSERT INTO cursors (subscriber, position) VALUES (?, ?)
       ON CONFLICT (subscriber) DO UPDATE SET position = excluded.position WHERE excluded.position > position`,
    )
    .run(subscriber, eventSequence(position));
  return done.changes > 0;
}

export function pruneEvents(connection: Connection, writtenBefore: number, limit: number): number {
  const done = connection
    .prepared(
      `DELETE FROM events WHERE position IN (
         SELECT position FROM events
         WHERE position <= (SELECT min(position) FROM cursors) AND written_at < ?
         ORDER BY position LIMIT ?)`,
    )
    .run(writtenBefore, limit);
  return Number(done.changes);
}
