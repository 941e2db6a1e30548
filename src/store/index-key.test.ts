import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { afterPrefix, indexKey, isStorableText } from './index-key.ts';

const compareBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
const storable = fc.string({ unit: 'grapheme' }).filter(isStorableText);

describe('index keys', () => {
  test('keep the order of numbers', () => {
    const number = fc.double({ noNaN: true });
    fc.assert(
      fc.property(number, number, (one, other) => {
        const expected = one < other ? -1 : one > other ? 1 : 0;
        assert.equal(compareBytes(indexKey(one), indexKey(other)), expected);
      }),
    );
  });

  test('keep the order of bytes of strings, behind all numbers', () => {
    fc.assert(
      fc.property(storable, storable, (one, other) => {
        assert.equal(compareBytes(indexKey(one), indexKey(other)), compareBytes(one, other));
        assert.ok(compareBytes(indexKey(Number.POSITIVE_INFINITY), indexKey(one)) < 0);
      }),
    );
  });
});

describe('the bound of a prefix', () => {
  test('is above every text with the prefix and not above any other that is greater', () => {
    fc.assert(
      fc.property(storable, storable, (prefix, text) => {
        const bound = afterPrefix(prefix);
        const inRange =
          compareBytes(text, prefix) >= 0 && (bound === undefined || compareBytes(text, bound) < 0);
        assert.equal(inRange, text.startsWith(prefix));
        if (bound !== undefined) assert.ok(compareBytes(`${prefix}${text}`, bound) < 0);
      }),
    );
  });

  test('steps over surrogates and over the last code point', () => {
    assert.equal(afterPrefix('a\ud7ff'), 'a\ue000');
    assert.equal(afterPrefix('a\u{10ffff}'), 'b');
    assert.equal(afterPrefix('\u{10ffff}'), undefined);
    assert.equal(afterPrefix(''), undefined);
  });
});
