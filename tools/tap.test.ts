import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causesOf, countsOf, failuresOf, skippedOf } from './tap.ts';

const TAP = `TAP version 13
# Subtest: every page
    # Subtest: is shown
    not ok 1 - is shown
      ---
      error: 'test did not finish before its parent and was cancelled'
      ...
    1..1
not ok 1 - every page
  ---
  failureType: 'hookFailed'
  error: |-
    no console:
      nothing was printed
  code: 'ERR_TEST_FAILURE'
  ...
# Subtest: fine
ok 2 - fine # SKIP NO CHROMIUM
# Subtest: counts
not ok 3 - counts
  ---
  error: '1 !== 2'
  ...
1..3
# tests 3
# pass 0
# fail 1
# cancelled 1
# skipped 1
`;

test('a cancelled test has failed', () => {
  assert.deepEqual(countsOf(TAP), { passed: 0, failed: 2, skipped: 1 });
});

test('the causes are one line each, without those that say nothing', () => {
  assert.deepEqual(causesOf(TAP), ['no console: nothing was printed', '1 !== 2']);
});

test('what failed is shown with its diagnostics, what passed is not', () => {
  assert.match(failuresOf(TAP), /not ok 1 - is shown[\s\S]*hookFailed[\s\S]*1 !== 2/);
  assert.doesNotMatch(failuresOf(TAP), /fine/);
  assert.deepEqual(skippedOf(TAP), ['ok 2 - fine # SKIP NO CHROMIUM']);
});
