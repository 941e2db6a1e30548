import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limiter } from './limiter.ts';

const NOON = Date.parse('2026-01-31T12:00:00Z');
const at = (seconds: number) => new Date(NOON + seconds * 1_000);

describe('guessing is slowed down', () => {
  test('five attempts are free, then each one doubles the wait', () => {
    const guard = limiter();
    for (let count = 0; count < 4; count += 1) guard.failed(['alice'], at(0));
    assert.equal(guard.wait(['alice'], at(0)), 0);
    guard.failed(['alice'], at(0));
    assert.equal(guard.wait(['alice'], at(0)), 2);
    guard.failed(['alice'], at(2));
    assert.equal(guard.wait(['alice', 'bob'], at(2)), 4);
    assert.equal(guard.wait(['bob'], at(2)), 0);
  });

  test('the wait has a limit, a success forgets, and so does an hour', () => {
    const guard = limiter();
    for (let count = 0; count < 60; count += 1) guard.failed(['alice'], at(0));
    assert.equal(guard.wait(['alice'], at(0)), 900);
    guard.succeeded(['alice']);
    assert.equal(guard.wait(['alice'], at(0)), 0);
    for (let count = 0; count < 9; count += 1) guard.failed(['alice'], at(0));
    guard.failed(['alice'], at(4_000));
    assert.equal(guard.wait(['alice'], at(4_000)), 0);
  });
});
