import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../store/open.ts';
import { NODES, presence } from './nodes.ts';

test('nodes on one store know of each other while they beat, whatever their clocks say', async () => {
  const store = await openStore(':memory:', { collections: [NODES] });
  let time = 0;
  const told: Record<string, readonly string[]> = {};
  const node = (name: string, clock: number) =>
    presence({
      store,
      name,
      now: () => new Date(clock),
      monotonic: () => time,
      async others(names) {
        told[name] = names;
      },
    });
  const [one, two, three] = [node('one', 0), node('two', 9e11), node('three', 0)];
  try {
    await one.beat();
    await two.beat();
    await three.beat();
    await one.beat();
    assert.deepEqual(told, { one: ['three', 'two'], two: ['one'], three: ['one', 'two'] });
    time = 7_000;
    await two.beat();
    time = 9_000;
    await one.beat();
    assert.deepEqual(told.one, ['two'], 'a node whose record stands still is gone');
    await two.leave();
    await one.beat();
    assert.deepEqual(told.one, []);
  } finally {
    await store.close();
  }
});
