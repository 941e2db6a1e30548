import type { EngineEvent, PreparedTransaction } from '../engine.ts';
import { eventPair } from '../event-position.ts';
import type { Cursor, EventPosition } from '../store.ts';
import type { Session } from './connection.ts';
import { NAMESPACE } from './dialect.ts';

/*
 * Numbers of a sequence become visible in the order of commits, not of numbers: a reader that remembers
 * the greatest number it saw would skip an event whose transaction committed late. Therefore events are
 * read in the order (id of the writing transaction, number), and only those of transactions older than
 * every running one (PostgreSQL manual, "System Information Functions", pg_snapshot_xmin): below that line
 * all is decided, nothing can appear any more.
 */

export async function insertEvents(session: Session, events: PreparedTransaction['events']): Promise<void> {
  await session.run(
    `INSERT INTO ${NAMESPACE}.events (id, envelope, written_at)
     SELECT id, envelope, $3 FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS new (id, envelope, at) ORDER BY at`,
    [events.map((event) => event.id), events.map((event) => event.envelope), Date.now()],
  );
}

export async function readEvents(
  session: Session,
  after: EventPosition | undefined,
  limit: number,
): Promise<readonly EngineEvent[]> {
  const [writer, position] = after === undefined ? ['0', '0'] : eventPair(after);
  const { rows } = await session.run(
    `SELECT writer::text AS writer_text, position, envelope FROM ${NAMESPACE}.events
     WHERE (writer, position) > ($1::xid8, $2::bigint) AND writer < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY writer, position LIMIT $3`,
    [writer, position, limit],
  );
  return rows.map((row) => ({
    position: `${row.writer_text}.${row.position}`,
    envelope: String(row.envelope),
  }));
}

export async function readCursor(session: Session, subscriber: string): Promise<EventPosition | undefined> {
  const { rows } = await session.run(
    `SELECT writer::text AS writer_text, position FROM ${NAMESPACE}.cursors WHERE subscriber = $1`,
    [subscriber],
  );
  return rows[0] && `${rows[0].writer_text}.${rows[0].position}`;
}

/** Moves a cursor forward; false when it is there or beyond. */
export async function moveCursor(session: Session, cursor: Cursor): Promise<boolean> {
  const done = await session.run(
    `INSERT INTO ${NAMESPACE}.cursors AS old (subscriber, writer, position) VALUES ($1, $2::xid8, $3::bigint)
     ON CONFLICT (subscriber) DO UPDATE SET writer = excluded.writer, position = excluded.position
     WHERE (excluded.writer, excluded.position) > (old.writer, old.position)`,
    [cursor.subscriber, ...eventPair(cursor.position)],
  );
  return done.count > 0;
}

export async function pruneEvents(session: Session, writtenBefore: number, limit: number): Promise<number> {
  const done = await session.run(
    `WITH slowest AS (SELECT writer, position FROM ${NAMESPACE}.cursors ORDER BY writer, position LIMIT 1),
          old AS (
            SELECT events.writer, events.position FROM ${NAMESPACE}.events, slowest
            WHERE (events.writer, events.position) <= (slowest.writer, slowest.position) AND written_at < $1
            ORDER BY events.writer, events.position LIMIT $2)
     DELETE FROM ${NAMESPACE}.events USING old
     WHERE events.writer = old.writer AND events.position = old.position`,
    [writtenBefore, limit],
  );
  return done.count;
}
