import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimeSupport } from './runtimes.ts';

test('the day of the reading decides whether a runtime is supported', () => {
  assert.equal(runtimeSupport('nodejs20.x', '2026-04-30T23:00:00Z'), 'supported');
  assert.equal(runtimeSupport('nodejs20.x', '2026-05-01T00:00:00Z'), 'retired');
});

test('old versions are retired, unknown ones are not guessed', () => {
  for (const runtime of ['nodejs12.x', 'python3.8', 'go1.x', 'dotnetcore3.1', 'ruby2.7']) {
    assert.equal(runtimeSupport(runtime, '2026-01-01'), 'retired', runtime);
  }
  assert.equal(runtimeSupport('nodejs99.x', '2026-01-01'), 'not-listed');
});
