import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definition } from './service.ts';

test('all operations are there', async () => {
  const names = Object.keys(await import('@aws-sdk/client-kms'))
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.replace(/Command$/, ''));
  const missing = names.filter((name) => !(name in definition.operations) && name !== '$');
  assert.deepEqual(missing, []);
});
