import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SafeguardState } from './safeguard.ts';
import { overallState } from './safeguard-state.ts';

const CASES: readonly (readonly [readonly SafeguardState[], SafeguardState])[] = [
  [['on', 'on'], 'on'],
  [['off', 'off'], 'off'],
  [['on', 'off'], 'partial'],
  [['on', 'unknown'], 'partial'],
  [['off', 'unknown'], 'unknown'],
  [['on', 'not-applicable'], 'on'],
  [['not-applicable'], 'not-applicable'],
  [[], 'not-applicable'],
];

for (const [states, whole] of CASES) {
  test(`${states.join(' and ') || 'no place'} is ${whole} as a whole`, () => {
    assert.equal(overallState(states), whole);
  });
}
