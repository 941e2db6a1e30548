import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ports } from '../../platform/ports.ts';
import { currentRoots } from './collections.ts';
import { underCurrentRoot } from './current-root.ts';
import { kmsBed } from './testing.ts';

test('an account key is made under the root key that counts, never by a node that has an earlier one', async () => {
  const bed = await kmsBed();
  const ports = await bed.ports();
  const node = (rootId: string, previousRoots: number) => ({
    store: bed.store,
    ports: { ...ports, keeper: { status: async () => ({ rootId, previousRoots }) } } as unknown as Ports,
  });
  const make = async (rootId: string, previousRoots = 0) =>
    bed.store.transact({ operations: [await underCurrentRoot(node(rootId, previousRoots))] });
  const counting = async () => (await bed.store.get(currentRoots, 'current'))?.value.rootId;
  try {
    await make('first');
    await make('first');
    assert.equal(await counting(), 'first');
    const away = await underCurrentRoot(node('first', 0));
    await make('second', 1);
    assert.equal(await counting(), 'second');
    await assert.rejects(make('first'), { code: 'KMSInternalException', message: /seal of this node/ });
    await assert.rejects(bed.store.transact({ operations: [away] }), { code: 'store-conflict' });
    await make('second');
  } finally {
    await bed.close();
  }
});
