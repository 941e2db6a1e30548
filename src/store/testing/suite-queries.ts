import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { put, remove } from '../operations.ts';
import type { PageQuery, Store } from '../store.ts';
import { type StoreBed, withStore } from './bed.ts';
import { people } from './fixtures.ts';

/** Names whose order differs between bytes of UTF-8, UTF-16 units and a language's collation. */
const NAMES = ['Z', 'a', 'aa', 'ab', 'b', 'ä', 'あ', '\u{ffee}', '😀', ' ', '~', 'A', 'a-b', 'a_b'];

export function describeQueries(bed: StoreBed): void {
  const withPeople = (work: (store: Store) => Promise<void>) =>
    withStore(bed, [people], async (store) => {
      const operations = NAMES.map((name, at) =>
        put(people, `k${name}`, { name, team: name, age: at - 7, email: `${name}@example.com` }),
      );
      await store.transact({ operations: [...operations, put(people, 'nobody', { name: 'nobody' })] });
      await work(store);
    });

  const keysOf = async (store: Store, query: PageQuery) =>
    (await store.list(people, query)).records.map((record) => record.key);

  const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

  describe('queries', () => {
    test('by key come in the order of bytes', () =>
      withPeople(async (store) => {
        const expected = [...NAMES.map((name) => `k${name}`), 'nobody'].sort(byBytes);
        assert.deepEqual(await keysOf(store, {}), expected);
        assert.deepEqual(await keysOf(store, { descending: true }), expected.toReversed());
        assert.deepEqual(await keysOf(store, { prefix: 'ka' }), ['ka', 'ka-b', 'ka_b', 'kaa', 'kab']);
        assert.deepEqual(await keysOf(store, { from: 'kaa', before: 'kb' }), ['kaa', 'kab']);
        assert.deepEqual(await keysOf(store, { equals: 'nobody' }), ['nobody']);
      }));

    test('by an index of text come in the order of bytes and leave out records without a value', () =>
      withPeople(async (store) => {
        const expected = NAMES.toSorted(byBytes).map((name) => `k${name}`);
        assert.deepEqual(await keysOf(store, { index: 'team' }), expected);
        assert.deepEqual(await keysOf(store, { index: 'team', prefix: 'a' }), [
          'ka',
          'ka-b',
          'ka_b',
          'kaa',
          'kab',
        ]);
        assert.deepEqual(await keysOf(store, { index: 'team', prefix: '\u{ffee}' }), ['k\u{ffee}']);
        assert.deepEqual(await keysOf(store, { index: 'team', equals: '😀' }), ['k😀']);
        assert.deepEqual(await keysOf(store, { index: 'team', equals: 'none' }), []);
      }));

    test('by an index of numbers come in the order of numbers', () =>
      withPeople(async (store) => {
        const ages = async (query: PageQuery) =>
          (await store.list(people, { index: 'age', ...query })).records.map((record) => record.value.age);
        assert.deepEqual(await ages({}), [-7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]);
        assert.deepEqual(await ages({ from: -1.5, before: 2 }), [-1, 0, 1]);
        assert.deepEqual(await ages({ from: 4, descending: true }), [6, 5, 4]);
        assert.deepEqual(await ages({ equals: -0 }), [0]);
      }));

    test('count what they select', () =>
      withPeople(async (store) => {
        assert.equal(await store.count(people), NAMES.length + 1);
        assert.equal(await store.count(people, { index: 'team' }), NAMES.length);
        assert.equal(await store.count(people, { index: 'team', prefix: 'a' }), 5);
        assert.equal(await store.count(people, { index: 'age', before: 0 }), 7);
      }));

    test('find a record by its new values after a change, no longer by the old ones', () =>
      withPeople(async (store) => {
        await store.transact({ operations: [put(people, 'kZ', { name: 'Z', team: 'new' })] });
        assert.deepEqual(await keysOf(store, { index: 'team', equals: 'new' }), ['kZ']);
        assert.deepEqual(await keysOf(store, { index: 'team', equals: 'Z' }), []);
        assert.deepEqual(await keysOf(store, { index: 'age', equals: -7 }), []);
      }));

    test('that contradict themselves are refused', () =>
      withPeople(async (store) => {
        const code = (query: PageQuery) => store.list(people, query).catch((error) => error.code);
        assert.equal(await code({ index: 'shoe' }), 'store-query');
        assert.equal(await code({ equals: 'a', prefix: 'a' }), 'store-query');
        assert.equal(await code({ limit: 0 }), 'store-query');
        assert.equal(await code({ limit: 1_001 }), 'store-query');
        assert.equal(await code({ from: 3 }), 'store-query');
      }));
  });

  describe('pages', () => {
    test('together are the whole, in both directions and with equal index values', () =>
      withStore(bed, [people], async (store) => {
        const keys = Array.from({ length: 25 }, (_, at) => `p${String(at).padStart(2, '0')}`);
        await store.transact({
          operations: keys.map((key, at) => put(people, key, { name: key, team: `t${at % 3}` })),
        });
        for (const query of [
          {},
          { index: 'team' },
          { index: 'team', equals: 't1' },
          { index: 'team', from: 't1' },
        ]) {
          const whole = await keysOf(store, query);
          assert.deepEqual(await walk(store, { ...query, limit: 4 }), whole);
          const backwards = await walk(store, { ...query, limit: 4, descending: true });
          assert.deepEqual(backwards, whole.toReversed());
        }
      }));

    test('neither repeat nor skip a record when others are written and removed between them', () =>
      withStore(bed, [people], async (store) => {
        const keys = ['b', 'd', 'f', 'h', 'j'];
        await store.transact({ operations: keys.map((key) => put(people, key, { name: key, team: key })) });
        const first = await store.list(people, { index: 'team', limit: 2 });
        const later = ['a', 'c', 'e'].map((key) => put(people, key, { name: key, team: key }));
        await store.transact({ operations: [...later, remove(people, 'd')] });
        const rest = await store.list(people, { index: 'team', after: first.next });
        assert.deepEqual(
          [...first.records, ...rest.records].map((record) => record.key),
          ['b', 'd', 'e', 'f', 'h', 'j'],
        );
        assert.equal(rest.next, undefined);
      }));

    test('take no token of another query and no damaged one', () =>
      withPeople(async (store) => {
        const { next } = await store.list(people, { index: 'team', limit: 2 });
        assert.ok(next);
        await assert.rejects(store.list(people, { index: 'age', after: next }), { code: 'store-token' });
        await assert.rejects(store.list(people, { after: next }), { code: 'store-token' });
        await assert.rejects(store.list(people, { index: 'team', descending: true, after: next }), {
          code: 'store-token',
        });
        for (const bad of ['', 'x', `${next}A`.slice(8), 'bnVsbA', 'A'.repeat(50_000)]) {
          await assert.rejects(store.list(people, { index: 'team', after: bad }), { code: 'store-token' });
        }
      }));
  });

  describe('a unique index', () => {
    test('has one record per value; the value is free again when that one is gone or changed', () =>
      withStore(bed, [people], async (store) => {
        const withEmail = (key: string, email: string) =>
          store.transact({ operations: [put(people, key, { name: key, email })] });
        await withEmail('a', 'x@example.com');
        await withEmail('a', 'x@example.com');
        await assert.rejects(withEmail('b', 'x@example.com'), {
          code: 'store-unique',
          collection: 'people',
          index: 'email',
        });
        await withEmail('a', 'y@example.com');
        await withEmail('b', 'x@example.com');
        await store.transact({
          operations: [remove(people, 'b'), put(people, 'c', { name: 'c', email: 'x@example.com' })],
        });
        assert.deepEqual(await keysOf(store, { index: 'email' }), ['c', 'a']);
      }));
  });
}

async function walk(store: Store, query: PageQuery): Promise<string[]> {
  const keys: string[] = [];
  let page = await store.list(people, query);
  for (;;) {
    keys.push(...page.records.map((record) => record.key));
    if (!page.next) return keys;
    page = await store.list(people, { ...query, after: page.next });
  }
}
