import type { EngineEvent, PreparedTransaction } from '../engine.ts';
import { eventSequence } from '../event-position.ts';
import type { Cursor, EventPosition, WrittenEvent } from '../store.ts';
import type { Connection } from './connection.ts';

/*
 * SQLite has one writer at a time, so that numbers given one after the other grow in the order of commits and
 * can be the positions themselves.
 *
 * Events that were appended together are one row of `batches`, a line each: a row each would cost more than all
 * the rest of a request that only reads. The row's number is the position of the last. The table has no other
 * index, since each page that a commit touches is written and waited for.
 */

/** The greatest number given so far. Only what a cursor has passed is ever deleted, so that none is given twice. */
const LAST_POSITION = `SELECT max(
  coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),
  coalesce((SELECT max(position) FROM batches), 0),
  coalesce((SELECT max(position) FROM cursors), 0)) AS last`;

function lastPosition(connection: Connection): number {
  return Number(connection.prepared(LAST_POSITION).get()?.last);
}

export function insertEvents(connection: Connection, events: PreparedTransaction['events']): void {
  const insert = connection.prepared(
    'INSERT INTO events (position, id, written_at, envelope) VALUES (?, ?, ?, ?)',
  );
  const now = Date.now();
  let position = lastPosition(connection);
  for (const { id, envelope } of events) {
    position += 1;
    insert.run(position, id, now, envelope);
  }
}

const LINE = '\n';

/** Writes events as one row; the caller has begun a transaction. */
export function appendEvents(connection: Connection, events: readonly WrittenEvent[]): void {
  const position = lastPosition(connection) + events.length;
  connection
    .prepared('INSERT INTO batches (position, written_at, envelopes) VALUES (?, ?, ?)')
    .run(position, Date.now(), events.map(({ envelope }) => envelope).join(LINE));
}

export function readEvents(
  connection: Connection,
  after: EventPosition | undefined,
  limit: number,
): readonly EngineEvent[] {
  const passed = after === undefined ? 0 : eventSequence(after);
  const found: EngineEvent[] = [];
  const rows = connection
    .prepared(
      `SELECT position, envelope FROM events WHERE position > ?1
       UNION ALL SELECT position, envelopes FROM batches WHERE position > ?1
       ORDER BY position LIMIT ?2`,
    )
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
  const single = pruneRows(connection, 'events', 'envelope', writtenBefore, limit);
  return single + pruneRows(connection, 'batches', 'envelopes', writtenBefore, limit);
}

/** Deletes rows of events that every subscriber has passed. @returns how many events were in them. */
function pruneRows(
  connection: Connection,
  table: 'events' | 'batches',
  column: 'envelope' | 'envelopes',
  writtenBefore: number,
  limit: number,
): number {
  const done = connection
    .prepared(
      `DELETE FROM ${table} WHERE position IN (
         SELECT position FROM ${table}
         WHERE position <= (SELECT min(position) FROM cursors) AND written_at < ?
         ORDER BY position LIMIT ?)
       RETURNING length(${column}) - length(replace(${column}, char(10), '')) + 1 AS events`,
    )
    .all(writtenBefore, limit);
  return done.reduce((sum, { events }) => sum + Number(events), 0);
}
