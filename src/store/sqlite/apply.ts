import type { StatementSync } from 'node:sqlite';
import type { CheckStep, Collections, PreparedTransaction, PutStep, RemoveStep, Step } from '../engine.ts';
import { ConflictError, cursorPassed, unknownCollection } from '../errors.ts';
import { putSql, putWay } from '../put-sql.ts';
import type { Connection } from './connection.ts';
import { SQLITE } from './dialect.ts';
import { insertEvents, moveCursor } from './outbox.ts';
import type { Versions } from './versions.ts';

/** Does the steps of transactions inside the transaction of SQLite that the caller has begun. */
export interface Applier {
  /**
   * @returns per step the version that its record is in afterwards.
   * @throws ConflictError, StoreError `store-cursor`, or an error of SQLite: the caller undoes all.
   */
  apply(transaction: PreparedTransaction, versions: Versions): readonly (number | undefined)[];
}

/** Makes the applier of a connection; it keeps the statement of each way to put. */
export function applierOn(connection: Connection, collections: Collections): Applier {
  const puts = new Map<string, StatementSync>();

  function putStatement(step: PutStep): StatementSync {
    const way = putWay(step);
    const name = `${way} ${step.collection}`;
    const known = puts.get(name);
    if (known) return known;
    const collection = collections.get(step.collection);
    if (!collection) throw unknownCollection(step.collection);
    const statement = connection.prepared(putSql(collection, way, SQLITE));
    puts.set(name, statement);
    return statement;
  }

  function applyStep(step: Step, versions: Versions): number | undefined {
    switch (step.kind) {
      case 'put':
        return applyPut(putStatement(step), versions.next(), step);
      case 'remove':
        applyRemove(connection, step);
        return undefined;
      case 'check':
        return applyCheck(connection, step);
    }
  }

  return {
    apply({ steps, events, cursor }, versions) {
      const results = steps.map((step) => applyStep(step, versions));
      if (events.length > 0) insertEvents(connection, events);
      if (cursor && !moveCursor(connection, cursor)) throw cursorPassed(cursor.subscriber);
      return results;
    },
  };
}

function applyPut(statement: StatementSync, version: number, step: PutStep): number {
  const expected = typeof step.expected === 'number' ? [step.expected] : [];
  const done = statement.run(step.key, step.schema, step.value, ...step.indexed, version, ...expected);
  if (done.changes === 0) throw new ConflictError(step.collection, step.key);
  return version;
}

function applyRemove(connection: Connection, { collection, key, expected }: RemoveStep): void {
  const table = SQLITE.table(collection);
  if (expected === undefined) {
    connection.prepared(`DELETE FROM ${table} WHERE key = ?`).run(key);
    return;
  }
  const done = connection.prepared(`DELETE FROM ${table} WHERE key = ? AND version = ?`).run(key, expected);
  if (done.changes === 0) throw new ConflictError(collection, key);
}

function applyCheck(connection: Connection, { collection, key, expected }: CheckStep): number {
  const row = connection.prepared(`SELECT version FROM ${SQLITE.table(collection)} WHERE key = ?`).get(key);
  if (row?.version !== expected) throw new ConflictError(collection, key);
  return expected;
}
