import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recent } from './recent.ts';

test('the latest are kept, and what is used stays however much comes after it', () => {
  const kept = recent<number>(10);
  kept.set('used', 0);
  for (let at = 1; at <= 100; at += 1) {
    kept.set(`k${at}`, at);
    assert.equal(kept.get('used'), 0);
  }
  for (let at = 97; at <= 100; at += 1) assert.equal(kept.get(`k${at}`), at);
  const left = Array.from({ length: 100 }, (_, at) => kept.get(`k${at + 1}`)).filter(
    (each) => each !== undefined,
  );
  assert.ok(left.length <= 10);
});

test('what is deleted is gone in every generation, and a new value takes the place of the old', () => {
  const kept = recent<string>(2);
  kept.set('a', 'old');
  kept.set('b', 'b');
  kept.set('a', 'new');
  assert.equal(kept.get('a'), 'new');
  kept.delete('a');
  kept.set('c', 'c');
  assert.equal(kept.get('a'), undefined);
});
