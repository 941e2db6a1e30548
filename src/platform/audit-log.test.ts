import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WrittenEvent } from '../store/store.ts';
import { auditLog } from './audit-log.ts';

const record = (id: string): WrittenEvent => ({ id, envelope: '{}' });

/** A store that writes when it is told to, and remembers what it was given at once. */
function heldStore() {
  const batches: string[][] = [];
  const writes: PromiseWithResolvers<void>[] = [];
  return {
    batches,
    writes,
    append(events: readonly WrittenEvent[]): Promise<void> {
      batches.push(events.map(({ id }) => id));
      const write = Promise.withResolvers<void>();
      writes.push(write);
      return write.promise;
    },
    async asked(times: number): Promise<void> {
      while (writes.length < times) await new Promise(setImmediate);
    },
  };
}

describe('the log of calls that change nothing', () => {
  test('writes what comes together at once, and tells nobody before it is written', async () => {
    const store = heldStore();
    const log = auditLog(store);
    let told = 0;
    const waiting = ['a', 'b', 'c'].map((id) => log.append(record(id)).then(() => (told += 1)));
    await store.asked(1);
    const later = log.append(record('d'));
    await new Promise(setImmediate);
    assert.equal(told, 0);
    store.writes[0]?.resolve();
    await Promise.all(waiting);
    await store.asked(2);
    store.writes[1]?.resolve();
    await later;
    assert.deepEqual(store.batches, [['a', 'b', 'c'], ['d']]);
  });

  test('tells all whose records could not be written, and goes on with the next', async () => {
    const store = heldStore();
    const log = auditLog(store);
    const lost = [log.append(record('a')), log.append(record('b'))];
    await store.asked(1);
    const kept = log.append(record('c'));
    store.writes[0]?.reject(new Error('the disk is full'));
    const outcomes = await Promise.allSettled(lost);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await store.asked(2);
    store.writes[1]?.resolve();
    await kept;
  });

  test('gives the store no more at once than it takes', async () => {
    const store = heldStore();
    const log = auditLog(store);
    const waiting = Array.from({ length: 600 }, (_, at) => log.append(record(`${at}`)));
    for (let batch = 0; batch < 3; batch += 1) {
      await store.asked(batch + 1);
      store.writes[batch]?.resolve();
    }
    await Promise.all(waiting);
    assert.deepEqual(
      store.batches.map(({ length }) => length),
      [250, 250, 100],
    );
  });
});
