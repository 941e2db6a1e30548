import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collection } from '../collection.ts';
import { type OpenOptions, openStore } from '../open.ts';
import { put } from '../operations.ts';
import type { StoreBed } from './bed.ts';

interface Old {
  readonly name: string;
}

interface New {
  readonly given: string;
  readonly size: number;
}

const before = collection({ name: 'things', indexes: { name: (thing: Old) => thing.name } });

const after = collection<New>({
  name: 'things',
  schema: 2,
  indexes: { given: (thing) => thing.given, size: (thing) => thing.size },
  unique: ['given'],
  decode: (stored, schema) => {
    if (schema > 1) return stored as New;
    const { name } = stored as Old;
    return { given: name, size: name.length };
  },
});

export function describeSchemas(bed: StoreBed): void {
  const open = (location: string, ...collections: OpenOptions['collections']) =>
    openStore(location, { collections });

  describe('a collection that is declared anew', () => {
    test('reads old records in the new form and finds them by the new indexes', async () => {
      const location = await bed.fresh();
      const old = await open(location, before);
      const operations = ['one', 'three', 'zwei'].map((name) => put(before, name, { name }));
      await old.transact({ operations });
      await old.close();
      const store = await open(location, after);
      const bySize = await store.list(after, { index: 'size', from: 4 });
      assert.deepEqual(
        bySize.records.map((record) => record.value),
        [
          { given: 'zwei', size: 4 },
          { given: 'three', size: 5 },
        ],
      );
      await assert.rejects(store.transact({ operations: [put(after, 'x', { given: 'one', size: 1 })] }), {
        code: 'store-unique',
        index: 'given',
      });
      await store.close();
    });

    test('is refused to an older program, with a sentence in both languages', async () => {
      const location = await bed.fresh();
      await (await open(location, after)).close();
      await assert.rejects(
        open(location, before),
        (error: { code: string; text: { en: string; ja: string } }) => {
          assert.equal(error.code, 'store-newer');
          assert.match(error.text.en, /newer Honmaru \(schema 2/);
          assert.match(error.text.ja, /新しいHonmaru/);
          return true;
        },
      );
    });

    test('can be opened by a program that uses other collections only', async () => {
      const location = await bed.fresh();
      const store = await open(location, after);
      await store.transact({ operations: [put(after, 'a', { given: 'a', size: 1 })] });
      await store.close();
      const other = collection<Old>({ name: 'other-things' });
      const again = await open(location, other, after);
      assert.equal(await again.count(after), 1);
      assert.equal(await again.count(other), 0);
      await again.close();
    });

    test('can be opened by several at once', async () => {
      const location = await bed.fresh();
      const stores = await Promise.all([1, 2, 3, 4].map(() => open(location, before)));
      await Promise.all(
        stores.map((store, at) => store.transact({ operations: [put(before, `${at}`, { name: `${at}` })] })),
      );
      assert.equal(await stores[0]?.count(before), 4);
      await Promise.all(stores.map((store) => store.close()));
    });
  });
}
