import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { intervalDays } from './schedules.ts';

describe('the longest time between two runs', () => {
  const table: readonly (readonly [string, number | undefined])[] = [
    ['rate(7 days)', 7],
    ['rate(1 day)', 1],
    ['rate(12 hours)', 0.5],
    ['rate(90 days)', 90],
    ['cron(0 18 ? * SAT *)', 7],
    ['cron(0 2 ? * SUN#2 *)', 31],
    ['cron(0 2 * * ? *)', 1],
    ['cron(0 2 1 * ? *)', 31],
    ['cron(0 2 */3 * ? *)', 3],
    ['cron(0 2 1 */3 ? *)', 93],
    ['cron(0 2 1 1,7 ? *)', 186],
    ['at(2026-12-01T00:00:00)', Number.POSITIVE_INFINITY],
    ['every week', undefined],
    ['rate(7 weeks)', undefined],
    ['cron(0 2)', undefined],
  ];
  for (const [expression, days] of table) {
    test(`${expression} is ${days}`, () => assert.equal(intervalDays(expression), days));
  }

  test('any text is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `cron(${text})`),
        ),
        (expression) => {
          const days = intervalDays(expression);
          assert.ok(days === undefined || days > 0 || Number.isNaN(days) === false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
