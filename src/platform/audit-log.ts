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

/** Records that go to the disk together; whoever added one waits for the same promise. */
interface Batch {
  readonly events: WrittenEvent[];
  readonly written: PromiseWithResolvers<void>;
}

/**
 * Gathers what arrives while the batch before is being written: one transaction then carries many records,
 * which costs a fraction of one each.
 */
export function auditLog(store: Pick<Store, 'append'>): AuditLog {
  const waiting: Batch[] = [];
  let writing = false;
  let expected = 1;

  /**
   * Waits while more arrive, turn by turn of the event loop: a record alone waits one turn. Where many came
   * together the last time, as many are waited for, for a moment.
   */
  async function gather({ events }: Batch): Promise<void> {
    const until = performance.now() + PATIENCE_MILLISECONDS;
    let before = 0;
    while (events.length < MOST_TOGETHER) {
      const more = events.length > before;
      if (!more && (events.length >= expected * ENOUGH || performance.now() >= until)) return;
      before = events.length;
      await (more ? nextTurn() : delay(1));
    }
  }

  async function drain(): Promise<void> {
    writing = true;
    for (let batch = waiting[0]; batch; batch = waiting[0]) {
      await gather(batch);
      waiting.shift();
      expected = batch.events.length;
      await writeBatch(store, batch);
    }
    writing = false;
  }

  function openBatch(): Batch {
    const last = waiting.at(-1);
    if (last && last.events.length < MOST_TOGETHER) return last;
    const fresh = { events: [], written: Promise.withResolvers<void>() };
    waiting.push(fresh);
    return fresh;
  }

  function append(event: WrittenEvent): Promise<void> {
    const { events, written } = openBatch();
    events.push(event);
    if (!writing) drain();
    return written.promise;
  }

  return {
    append,
    write: (event) => append({ id: event.id, envelope: JSON.stringify(event) }),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function writeBatch(store: Pick<Store, 'append'>, { events, written }: Batch): Promise<void> {
  try {
    await store.append(events);
    written.resolve();
  } catch (error) {
    written.reject(error);
  }
}
