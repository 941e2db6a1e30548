import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { isBusy, readableError } from './errors.ts';
import { type Versions, versionsOf } from './versions.ts';

/** Work inside a commit; its size in bytes helps to keep commits small. */
export interface Job<Result> {
  readonly bytes: number;
  run(versions: Versions): Result;
}

/** Commits the jobs of many callers together: each waits for the disk, all wait only once. */
export interface GroupCommit {
  /** Resolves when the job's result is on disk; rejects when nothing of it is. */
  submit<Result>(job: Job<Result>): Promise<Result>;
  /** Resolves when everything that was submitted is decided. */
  settled(): Promise<void>;
}

const JOBS_PER_COMMIT = 256;
const BYTES_PER_COMMIT = 16 * 1024 * 1024;
const MOST_PATIENCE = 10_000;
const PAUSE = 10;

interface Waiting {
  readonly job: Job<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** What became of a job before the commit: told to its caller only after it. */
type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** Makes the group commit of a connection. All writes of the connection must go through it. */
export function groupCommit(connection: Connection): GroupCommit {
  const queue: Waiting[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    // Callers of the same turn of the event loop join the commit.
    await nextTurn();
    while (queue.length > 0) {
      await commitTogether(connection, takeGroup(queue));
      await nextTurn();
    }
    draining = undefined;
  }

  return {
    submit<Result>(job: Job<Result>) {
      return new Promise<Result>((resolve, reject) => {
        queue.push({ job, resolve: resolve as (result: unknown) => void, reject });
        draining ??= drain();
      });
    },
    settled: () => draining ?? Promise.resolve(),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function takeGroup(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  let size = 0;
  for (const { job } of queue) {
    bytes += job.bytes;
    if (size > 0 && (size === JOBS_PER_COMMIT || bytes > BYTES_PER_COMMIT)) break;
    size += 1;
  }
  return queue.splice(0, size);
}

/** Commits one group, waiting without blocking the process while another process writes. */
async function commitTogether(connection: Connection, group: readonly Waiting[]): Promise<void> {
  const deadline = Date.now() + MOST_PATIENCE;
  for (;;) {
    try {
      const outcomes = commit(connection, group);
      tell(group, outcomes);
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) {
        const readable = readableError(error, connection.path);
        for (const { reject } of group) reject(readable);
        return;
      }
      await delay(PAUSE);
    }
  }
}

function tell(group: readonly Waiting[], outcomes: readonly Outcome[]): void {
  for (const [at, { resolve, reject }] of group.entries()) {
    const outcome = outcomes[at];
    if (outcome && 'result' in outcome) resolve(outcome.result);
    else reject(outcome?.error);
  }
}

/** @throws an error of SQLite when the commit as a whole failed: then nothing of it is saved. */
function commit(connection: Connection, group: readonly Waiting[]): Outcome[] {
  const { database } = connection;
  connection.prepared('BEGIN IMMEDIATE').run();
  try {
    const versions = versionsOf(connection);
    const [first] = group;
    const alone = group.length === 1 ? first : undefined;
    const outcomes = alone
      ? [{ result: alone.job.run(versions) }]
      : group.map(({ job }) => runApart(connection, job, versions));
    versions.save();
    connection.prepared('COMMIT').run();
    return outcomes;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    const readable = readableError(error, connection.path);
    // A job alone needs no savepoint: whatever undoes its refusal undoes nothing of others.
    if (group.length === 1 && isRefusal(readable)) return [{ error: readable }];
    throw error;
  }
}

/** Runs a job in a savepoint of its own, so that its refusal undoes nothing of the others. */
function runApart(connection: Connection, job: Job<unknown>, versions: Versions): Outcome {
  connection.prepared('SAVEPOINT job').run();
  let outcome: Outcome;
  try {
    outcome = { result: job.run(versions) };
  } catch (error) {
    const readable = readableError(error, connection.path);
    // A full disk or a damaged file concerns the whole commit, and SQLite may have undone it already.
    if (!isRefusal(readable) || !connection.database.isTransaction) throw error;
    connection.prepared('ROLLBACK TO job').run();
    outcome = { error: readable };
  }
  connection.prepared('RELEASE job').run();
  return outcome;
}

const REFUSALS = new Set(['store-conflict', 'store-unique', 'store-event-duplicate', 'store-cursor']);

function isRefusal(error: unknown): boolean {
  return error instanceof StoreError && REFUSALS.has(error.code);
}
