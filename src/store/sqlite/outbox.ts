import type { EngineEvent, PreparedTransaction } from '../engine.ts';
import { eventSequence } from '../event-position.ts';
import type { Cursor, EventPosition, WrittenEvent } from '../store.ts';
import type { Connection } from './connection.ts';

/*
 * SQLite has one writer at a time, so the automatic key of an event grows in the order of commits and
 * can be the position itself. AUTOINCREMENT never gives the number of a deleted event again.
 *
 * Events that were appended together are one row, a line each, under the id of the first: a row each would
 * cost more than all the rest of a request that only reads. The row's number is the position of the last.
 */

export function insertEvents(connection: Connection, events: PreparedTransaction['events']): void {
  const insert = connection.prepared('INSERT INTO events (id, written_at, envelope) VALUES (?, ?, ?)');
  const now = Date.now();
  for (const { id, envelope } of events) insert.run(id, now, envelope);
}

const LINE = '\n';

/** Writes events as one row; the caller has begun a transaction. */
export function appendEvents(connection: Connection, events: readonly WrittenEvent[]): void {
  const last = connection.prepared("SELECT seq FROM sqlite_sequence WHERE name = 'events'").get()?.seq ?? 0;
  connection
    .prepared('INSERT INTO events (position, id, written_at, envelope) VALUES (?, ?, ?, ?)')
    .run(
      Number(last) + events.length,
      events[0]?.id ?? '',
      Date.now(),
      events.map(({ envelope }) => envelope).join(LINE),
    );
}

export function readEvents(
  connection: Connection,
  after: EventPosition | undefined,
  limit: number,
): readonly EngineEvent[] {
  const passed = after === undefined ? 0 : eventSequence(after);
  const found: EngineEvent[] = [];
  const rows = connection
    .prepared('SELECT position, envelope FROM events WHERE position > ? ORDER BY position LIMIT ?')
    .iterate(passed, limit);
  for (const row of rows) {
    const lines = String(row.envelope).split(LINE);
    const first = Number(row.position) - lines.length + 1;
    for (const [at, envelope] of lines.entries()) {
      if (first + at > passed) found.push({ position: String(first + at), envelope });
      if (found.length === limit) return found;
    }
  }
  return found;
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
         ORDER BY position LIMIT ?)
       RETURNING length(envelope) - length(replace(envelope, char(10), '')) + 1 AS events`,
    )
    .all(writtenBefore, limit);
  return done.reduce((sum, { events }) => sum + Number(events), 0);
}
