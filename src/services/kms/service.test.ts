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

test('all 56 operations are there', () => {
  assert.equal(Object.keys(definition.operations).length, 56);
});
