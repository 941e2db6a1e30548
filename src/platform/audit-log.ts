import { setTimeout as delay } from 'node:timers/promises';
import type { EventEnvelope } from '../model/event.ts';
import type { Store, WrittenEvent } from '../store/store.ts';

/** Records of calls that change nothing: written together, each answered only when it is on the disk. */
export interface AuditLog {
  write(event: EventEnvelope): Promise<void>;
  /** The same for a record that is put into words already. */
  append(event: WrittenEvent): Promise<void>;
}

/** The store takes a thousand events at once; a batch stays well below its bound in bytes. */
const MOST_TOGETHER = 250;

/** Part of the records of the last time that is worth no more waiting. */
const ENOUGH = 0.8;

/** Longest time that a record waits for others. */
const PATIENCE_MILLISECONDS = 2;

interface Waiting {
  readonly event: WrittenEvent;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Gathers what arrives while the batch before is being written: one transaction then carries many records,
 * which costs a fraction of one each.
 */
export function auditLog(store: Pick<Store, 'append'>): AuditLog {
  const waiting: Waiting[] = [];
  let writing = false;
  let expected = 1;

  /**
   * Waits while more arrive, turn by turn of the event loop: a record alone waits one turn. Where many came
   * together the last time, as many are waited for, for a moment.
   */
  async function gather(): Promise<void> {
    const until = performance.now() + PATIENCE_MILLISECONDS;
    let before = 0;
    while (waiting.length < MOST_TOGETHER) {
      const more = waiting.length > before;
      if (!more && (waiting.length >= expected * ENOUGH || performance.now() >= until)) return;
      before = waiting.length;
      await (more ? nextTurn() : delay(1));
    }
  }

  async function drain(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      await gather();
      const batch = waiting.splice(0, MOST_TOGETHER);
      expected = batch.length;
      await writeBatch(store, batch);
    }
    writing = false;
  }

  function append(event: WrittenEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ event, resolve, reject });
      if (!writing) drain();
    });
  }

  return {
    append,
    write: (event) => append({ id: event.id, envelope: JSON.stringify(event) }),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function writeBatch(store: Pick<Store, 'append'>, batch: readonly Waiting[]): Promise<void> {
  try {
    await store.append(batch.map(({ event }) => event));
    for (const { resolve } of batch) resolve();
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
