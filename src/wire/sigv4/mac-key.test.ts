import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { macKey } from './mac-key.ts';

describe('a key of HMAC-SHA256', () => {
  test('gives the codes that OpenSSL gives, text after text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 1_500 });
    const key = fc.uint8Array({ maxLength: 64 });
    fc.assert(
      fc.property(key, fc.array(text, { maxLength: 4 }), (secret, texts) => {
        const made = macKey(secret);
        for (const each of texts) {
          assert.equal(made.of(each), createHmac('sha256', secret).update(each).digest('hex'));
        }
      }),
      { numRuns: 50 },
    );
  });
});
