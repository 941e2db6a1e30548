import type { CheckStep, Collections, PreparedTransaction, PutStep, RemoveStep, Step } from '../engine.ts';
import { ConflictError, cursorPassed, unknownCollection } from '../errors.ts';
import { putSql, putWay } from '../put-sql.ts';
import { CHANNEL } from './announcements.ts';
import { inTransaction, type Session } from './connection.ts';
import { POSTGRES } from './dialect.ts';
import { insertEvents, moveCursor } from './outbox.ts';

type Versions = readonly (number | undefined)[];

/**
 * Does one transaction. A single step needs none around it: the server commits each statement alone.
 *
 * @returns per step the version that its record is in afterwards.
 * @throws ConflictError, StoreError `store-cursor`, or an error of PostgreSQL.
 */
export async function applyTransaction(
  session: Session,
  collections: Collections,
  transaction: PreparedTransaction,
): Promise<Versions> {
  const { steps, events, cursor, announce } = transaction;
  const [only] = steps;
  if (only && steps.length === 1 && events.length === 0 && !cursor && announce === undefined) {
    return [await applyStep(session, collections, only)];
  }
  return inTransaction(
    session,
    async () => {
      const versions: (number | undefined)[] = [];
      for (const step of steps) versions.push(await applyStep(session, collections, step));
      if (events.length > 0) await insertEvents(session, events);
      if (cursor && !(await moveCursor(session, cursor))) throw cursorPassed(cursor.subscriber);
      if (announce !== undefined) await session.run('SELECT pg_notify($1, $2)', [CHANNEL, announce]);
      return versions;
    },
    'BEGIN ISOLATION LEVEL READ COMMITTED',
  );
}

async function applyStep(
  session: Session,
  collections: Collections,
  step: Step,
): Promise<number | undefined> {
  switch (step.kind) {
    case 'put':
      return applyPut(session, collections, step);
    case 'remove':
      await applyRemove(session, step);
      return undefined;
    case 'check':
      return applyCheck(session, step);
  }
}

async function applyPut(session: Session, collections: Collections, step: PutStep): Promise<number> {
  const collection = collections.get(step.collection);
  if (!collection) throw unknownCollection(step.collection);
  const expected = typeof step.expected === 'number' ? [step.expected] : [];
  const { rows } = await session.run(putSql(collection, putWay(step), POSTGRES), [
    step.key,
    step.schema,
    step.value,
    ...step.indexed,
    ...expected,
  ]);
  const row = rows[0];
  if (!row) throw new ConflictError(step.collection, step.key);
  return Number(row.version);
}

async function applyRemove(session: Session, { collection, key, expected }: RemoveStep): Promise<void> {
  const table = POSTGRES.table(collection);
  if (expected === undefined) {
    await session.run(`DELETE FROM ${table} WHERE key = $1`, [key]);
    return;
  }
  const done = await session.run(`DELETE FROM ${table} WHERE key = $1 AND version = $2`, [key, expected]);
  if (done.count === 0) throw new ConflictError(collection, key);
}

/** The share lock keeps others from changing the record until this transaction is committed. */
async function applyCheck(session: Session, { collection, key, expected }: CheckStep): Promise<number> {
  const { rows } = await session.run(
    `SELECT version FROM ${POSTGRES.table(collection)} WHERE key = $1 FOR SHARE`,
    [key],
  );
  if (Number(rows[0]?.version) !== expected) throw new ConflictError(collection, key);
  return expected;
}
