import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PriceClass } from '../../model/safeguard.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import { priceList, priceOf } from './prices.ts';

/** The dollars from which a class begins. */
const FROM: Readonly<Record<PriceClass, number>> = {
  free: 0,
  'a-few-dollars': 0,
  'tens-of-dollars': 5,
  'hundreds-of-dollars': 100,
  'thousands-of-dollars': 1000,
};

describe('the price list', () => {
  test('has every safeguard, and none that does not exist', () => {
    const ids = SAFEGUARDS.map(({ id }) => id).toSorted();
    assert.deepEqual(Object.keys(priceList().prices).toSorted(), ids);
  });

  test('says for what day and on what it rests', () => {
    assert.match(priceList().date, /^\d{4}-\d\d-\d\d$/);
    for (const [id, { monthly, assumption, source, verified }] of Object.entries(priceList().prices)) {
      assert.ok(monthly.low <= monthly.typical && monthly.typical <= monthly.high, id);
      assert.ok(assumption.en && assumption.ja && source, id);
      assert.equal(typeof verified, 'boolean', id);
    }
  });

  test('agrees with the price class that the safeguard states', () => {
    for (const { id, price } of SAFEGUARDS) {
      const high = priceOf(id)?.monthly.high ?? 0;
      assert.ok(high >= FROM[price], `${id}: ${price} but at most ${high}`);
    }
  });
});
