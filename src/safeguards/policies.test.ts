import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { covers } from './policies.ts';

describe('an action pattern', () => {
  test('covers what its wildcards leave open, whatever the case', () => {
    assert.ok(covers('s3:*', 's3:GetObject'));
    assert.ok(covers('S3:get*', 's3:GetObject'));
    assert.ok(covers('*', 'iam:PassRole'));
    assert.ok(covers('iam:Put*Policy', 'iam:PutRolePolicy'));
    assert.ok(covers('s3:GetObjec?', 's3:GetObject'));
    assert.ok(!covers('s3:Get', 's3:GetObject'));
    assert.ok(!covers('iam:Put*Policy', 'iam:PutRolePolicyVersion'));
  });

  test('agrees with the plain definition of wildcards', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const words = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(letters, words, (pattern, word) => {
        const plain = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        assert.equal(covers(pattern, word), plain.test(word));
      }),
      { numRuns: 500 },
    );
  });

  test('takes linear time on patterns that make others backtrack', () => {
    const started = performance.now();
    assert.ok(!covers(`${'*a'.repeat(500)}b`, 'a'.repeat(2000)));
    assert.ok(performance.now() - started < 500);
  });
});
