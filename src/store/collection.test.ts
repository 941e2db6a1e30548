import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collection } from './collection.ts';
import { openStore } from './open.ts';

describe('a collection', () => {
  test('is refused with a name that is no table name on both engines', () => {
    for (const name of ['', 'A', 'a_b', 'a--b', 'a"b', 'a b', '1a', 'x'.repeat(31)]) {
      assert.throws(() => collection({ name }), { code: 'store-collection' });
    }
    assert.equal(collection({ name: 'x'.repeat(30) }).schema, 1);
  });

  test('is refused with bad, colliding or unknown indexes', () => {
    const by = () => 'x';
    const withIndexes = (indexes: Record<string, () => string>, unique: string[] = []) =>
      collection({ name: 'a', indexes, unique });
    assert.throws(() => withIndexes({ 'a"': by }), { code: 'store-collection' });
    assert.throws(() => withIndexes({ ownerId: by, ownerid: by }), { code: 'store-collection' });
    assert.throws(() => withIndexes({ owner: by }, ['name']), { code: 'store-collection' });
    assert.throws(() => withIndexes({ [`o${'x'.repeat(28)}`]: by }), { code: 'store-collection' });
  });

  test('stands once in a store', async () => {
    const collections = [collection({ name: 'a' }), collection({ name: 'a' })];
    await assert.rejects(openStore(':memory:', { collections }), { code: 'store-collection' });
  });
});

test('a store is named by a path or a postgres:// URL, nothing else', async () => {
  for (const location of ['', 'mysql://localhost/x', 'https://example.com/db']) {
    await assert.rejects(openStore(location, { collections: [] }), { code: 'store-location' });
  }
});
