import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staleRegistries } from './generate.ts';

test('the committed registries list exactly the modules of their folders', () => {
  assert.deepEqual(staleRegistries(), []);
});
