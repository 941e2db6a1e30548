import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { put } from '../operations.ts';
import { type StoreBed, withStore } from './bed.ts';
import { people } from './fixtures.ts';

const MEGABYTE = 1024 * 1024;

/** What needs much memory and time; apart from the rest, which the unit tests run as well. */
export function describeLargeRecords(engine: string, bed: StoreBed): void {
  describe(`large records on ${engine}`, () => {
    test('may have 20 MB', () =>
      withStore(bed, [people], async (store) => {
        const name = '本'.repeat((20 * MEGABYTE) / 3);
        await store.transact({ operations: [put(people, 'large', { name })] });
        assert.equal((await store.get(people, 'large'))?.value.name, name);
      }));

    test('are refused when they are larger than 32 MB', () =>
      withStore(bed, [people], async (store) => {
        const operations = [put(people, 'big', { name: 'x'.repeat(33 * MEGABYTE) })];
        await assert.rejects(store.transact({ operations }), { code: 'store-limit' });
        assert.equal(await store.count(people), 0);
      }));

    test('end a page early', () =>
      withStore(bed, [people], async (store) => {
        const name = 'x'.repeat(17 * MEGABYTE);
        for (const key of ['a', 'b']) await store.transact({ operations: [put(people, key, { name })] });
        const first = await store.list(people, {});
        assert.equal(first.records.length, 1);
        const rest = await store.list(people, { after: first.next });
        assert.deepEqual(
          rest.records.map((record) => record.key),
          ['b'],
        );
        assert.equal(rest.next, undefined);
      }));
  });
}
