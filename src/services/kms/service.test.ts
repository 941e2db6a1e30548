import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTION_REFERENCE } from '../../../tools/action-reference.ts';
import { checkService } from '../../platform/check-service.ts';
import { definition } from './service.ts';

test('every operation is authorised by actions and condition keys that AWS knows', async () => {
  const problems = await checkService(definition, ACTION_REFERENCE);
  // The reference that is installed is older than ML-KEM in KMS.
  const known = /^(?:Encapsulate|Decapsulate): no (?:action|condition key) /;
  assert.deepEqual(
    problems.filter((problem) => !known.test(problem)),
    [],
  );
});

test('all operations are there, except those that make and change custom key stores', async () => {
  const names = Object.keys(await import('@aws-sdk/client-kms'))
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.replace(/Command$/, ''));
  const missing = names.filter((name) => !(name in definition.operations) && name !== '$');
  assert.deepEqual(missing.sort(), [
    'ConnectCustomKeyStore',
    'CreateCustomKeyStore',
    'DeleteCustomKeyStore',
    'DisconnectCustomKeyStore',
    'UpdateCustomKeyStore',
  ]);
});
