import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstEnvironmentName, firstNames } from './moved.ts';

test('a renamed resource, also one renamed twice, is known by its first name', () => {
  const first = firstNames([
    { from: 'cfn:app/A', to: 'cfn:app/B' },
    { from: 'cfn:app/B', to: 'cfn:app/C' },
  ]);
  assert.deepEqual(['cfn:app/C', 'cfn:app/B', 'cfn:app/A', 'cfn:app/CD'].map(first), [
    'cfn:app/A',
    'cfn:app/A',
    'cfn:app/A',
    'cfn:app/CD',
  ]);
});

test('a stack, a module and a resource with instances take what is below them along', () => {
  const first = firstNames([
    { from: 'cfn:old', to: 'cfn:new' },
    { from: 'tf:module.a', to: 'tf:module.b' },
    { from: 'tf:aws_instance.web', to: 'tf:aws_instance.front' },
  ]);
  assert.equal(first('cfn:new/Database'), 'cfn:old/Database');
  assert.equal(first('tf:module.b.aws_s3_bucket.x'), 'tf:module.a.aws_s3_bucket.x');
  assert.equal(first('tf:aws_instance.front[1]'), 'tf:aws_instance.web[1]');
  assert.equal(firstEnvironmentName('new', [{ from: 'cfn:old', to: 'cfn:new' }]), 'old');
});

test('the order of the entries never matters, and a circle ends', () => {
  const name = fc.constantFrom('cfn:a/1', 'cfn:a/2', 'cfn:a/3', 'cfn:a');
  const entries = fc.uniqueArray(fc.record({ from: name, to: name }), {
    maxLength: 4,
    selector: ({ to }) => to,
  });
  fc.assert(
    fc.property(entries, name, (moved, id) => {
      assert.equal(firstNames(moved)(id), firstNames(moved.toReversed())(id));
    }),
    { numRuns: 200 },
  );
});
