import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stableId } from './ids.ts';

test('the same parts give the same id on every machine', () => {
  assert.equal(stableId('a', 'b'), 'zb6xwynz3tp5pc0j');
});

test('parts do not run into each other', () => {
  assert.notEqual(stableId('ab', 'c'), stableId('a', 'bc'));
  assert.notEqual(stableId('本丸'), stableId('本', '丸'));
});
