import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openStore } from '../open.ts';
import { change, check, put, remove } from '../operations.ts';
import type { Store } from '../store.ts';
import { type StoreBed, withStore } from './bed.ts';
import { counters, people, testEvent } from './fixtures.ts';

const ALL = [people, counters];

export function describeRecords(bed: StoreBed): void {
  const withFresh = (work: (store: Store, location: string) => Promise<void>) => withStore(bed, ALL, work);

  describe('records', () => {
    test('come back as they were put, with their version, also after the store was closed', async () => {
      const location = await bed.fresh();
      const value = { name: '山田 "\u0000" \ud800 😀', age: -0.5, __proto__: undefined };
      const store = await openStore(location, { collections: ALL });
      const { versions } = await store.transact({ operations: [put(people, 'p/1', value)] });
      await store.close();
      const again = await openStore(location, { collections: ALL });
      const record = await again.get(people, 'p/1');
      await again.close();
      assert.deepEqual(record, { key: 'p/1', version: versions[0], value: { name: value.name, age: -0.5 } });
    });

    test('keep a key such as __proto__ as an ordinary key', () =>
      withFresh(async (store) => {
        const value = JSON.parse('{"name":"x","__proto__":{"admin":true}}');
        await store.transact({ operations: [put(people, '__proto__', value)] });
        const found = (await store.get(people, '__proto__'))?.value;
        assert.ok(found && Object.hasOwn(found, '__proto__'));
        assert.equal((found as { admin?: boolean }).admin, undefined);
      }));

    test('are gone after removal; removing what is not there is no fault', () =>
      withFresh(async (store) => {
        await store.transact({ operations: [put(people, 'a', { name: 'A' })] });
        await store.transact({ operations: [remove(people, 'a')] });
        await store.transact({ operations: [remove(people, 'a')] });
        assert.equal(await store.get(people, 'a'), undefined);
      }));

    test('are refused with a bad key or value', () =>
      withFresh(async (store) => {
        const code = (key: string, value: unknown) =>
          store
            .transact({ operations: [put(people, key, value as { name: string })] })
            .catch((error) => error.code);
        assert.equal(await code('', { name: 'x' }), 'store-key');
        assert.equal(await code('a\0b', { name: 'x' }), 'store-key');
        assert.equal(await code('\ud800', { name: 'x' }), 'store-key');
        assert.equal(await code('k'.repeat(1_025), { name: 'x' }), 'store-key');
        assert.equal(await code('number', { name: 'x', age: Number.NaN }), 'store-value');
        assert.equal(await code('big-int', { name: 1n }), 'store-value');
        assert.equal(await code('nul', { name: 'x', team: 'a\0' }), 'store-value');
        assert.equal(await code('long', { name: 'x', team: 't'.repeat(1_025) }), 'store-value');
        assert.equal(await store.count(people), 0);
        const edge = 'k'.repeat(1_024);
        await store.transact({ operations: [put(people, edge, { name: 'x', team: 't'.repeat(1_024) })] });
        assert.equal((await store.list(people, { index: 'team', prefix: 't' })).records[0]?.key, edge);
      }));

    test('of a collection that the store was not opened with are refused', () =>
      withStore(bed, [people], async (store) => {
        await assert.rejects(store.get(counters, 'a'), { code: 'store-collection' });
        await assert.rejects(store.transact({ operations: [put(counters, 'a', { count: 1 })] }), {
          code: 'store-collection',
        });
      }));
  });

  describe('versions', () => {
    test('let only the writer through that saw the last one', () =>
      withFresh(async (store) => {
        const first = await store.transact({ operations: [put(people, 'a', { name: '1' }, 'absent')] });
        const seen = first.versions[0] ?? 0;
        const second = await store.transact({ operations: [put(people, 'a', { name: '2' }, seen)] });
        assert.ok((second.versions[0] ?? 0) > seen);
        const conflict = { code: 'store-conflict', collection: 'people', key: 'a' };
        await assert.rejects(
          store.transact({ operations: [put(people, 'a', { name: '3' }, seen)] }),
          conflict,
        );
        await assert.rejects(
          store.transact({ operations: [put(people, 'a', { name: '3' }, 'absent')] }),
          conflict,
        );
        await assert.rejects(store.transact({ operations: [remove(people, 'a', seen)] }), conflict);
        assert.equal((await store.get(people, 'a'))?.value.name, '2');
      }));

    test('do not repeat when a record is made again after its removal', () =>
      withFresh(async (store) => {
        const { versions } = await store.transact({ operations: [put(people, 'a', { name: '1' })] });
        await store.transact({ operations: [remove(people, 'a', versions[0])] });
        await store.transact({ operations: [put(people, 'a', { name: '2' })] });
        await assert.rejects(store.transact({ operations: [put(people, 'a', { name: '3' }, versions[0])] }), {
          code: 'store-conflict',
        });
      }));

    test('let 15 writers of one record at once lose no change', () =>
      withFresh(async (store) => {
        await Promise.all(
          Array.from({ length: 15 }, () =>
            change(store, counters, 'c', (current) => ({ count: (current?.count ?? 0) + 1 })),
          ),
        );
        assert.equal((await store.get(counters, 'c'))?.value.count, 15);
      }));
  });

  describe('a transaction', () => {
    test('saves in several collections, or nothing at all', () =>
      withFresh(async (store) => {
        const { versions } = await store.transact({
          operations: [put(people, 'a', { name: 'A' }), put(counters, 'n', { count: 1 })],
        });
        assert.equal(new Set(versions).size, 2);
        await assert.rejects(
          store.transact({
            operations: [
              put(people, 'b', { name: 'B' }),
              remove(people, 'a'),
              put(counters, 'n', { count: 2 }, 'absent'),
            ],
            events: [testEvent()],
          }),
          { code: 'store-conflict', key: 'n' },
        );
        assert.equal(await store.get(people, 'b'), undefined);
        assert.equal((await store.get(people, 'a'))?.value.name, 'A');
        assert.deepEqual(await store.readEvents(undefined, 10), []);
      }));

    test('goes through only while a record that it merely checks is unchanged', () =>
      withFresh(async (store) => {
        const { versions } = await store.transact({ operations: [put(counters, 'policy', { count: 1 })] });
        const seen = versions[0] ?? 0;
        const guarded = (name: string) =>
          store.transact({ operations: [check(counters, 'policy', seen), put(people, 'a', { name })] });
        assert.equal((await guarded('1')).versions[0], seen);
        await store.transact({ operations: [put(counters, 'policy', { count: 2 })] });
        await assert.rejects(guarded('2'), { code: 'store-conflict', key: 'policy' });
        await store.transact({ operations: [remove(counters, 'policy')] });
        await assert.rejects(guarded('3'), { code: 'store-conflict', key: 'policy' });
        assert.equal((await store.get(people, 'a'))?.value.name, '1');
      }));

    test('that is refused undoes nothing of others committed together with it', () =>
      withFresh(async (store) => {
        const results = await Promise.allSettled(
          Array.from({ length: 40 }, (_, at) =>
            store.transact({
              operations: [
                put(people, `own-${at}`, { name: String(at) }),
                put(people, `shared-${at % 20}`, { name: String(at) }, 'absent'),
              ],
            }),
          ),
        );
        const won = results.flatMap((result, at) => (result.status === 'fulfilled' ? [at] : []));
        assert.equal(won.length, 20);
        for (let at = 0; at < 40; at += 1) {
          const own = await store.get(people, `own-${at}`);
          assert.equal(own !== undefined, won.includes(at));
        }
      }));

    test('takes each record once', () =>
      withFresh(async (store) => {
        const operations = [put(people, 'a', { name: '1' }), remove(people, 'a')];
        await assert.rejects(store.transact({ operations }), { code: 'store-transaction' });
      }));

    test('saves what the values were when it was called', () =>
      withFresh(async (store) => {
        const value = { name: 'before' };
        const saved = store.transact({ operations: [put(people, 'a', value)] });
        value.name = 'after';
        await saved;
        assert.equal((await store.get(people, 'a'))?.value.name, 'before');
      }));
  });

  test('a closed store finishes what was begun and refuses what comes later', async () => {
    const location = await bed.fresh();
    const store = await openStore(location, { collections: ALL });
    const begun = store.transact({ operations: [put(people, 'a', { name: 'A' })] });
    await store.close();
    await begun;
    await assert.rejects(store.get(people, 'a'), { code: 'store-closed' });
    const again = await openStore(location, { collections: ALL });
    assert.equal((await again.get(people, 'a'))?.value.name, 'A');
    await again.close();
  });
}
