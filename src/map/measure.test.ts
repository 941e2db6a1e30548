import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fitText, textPixels } from './measure.ts';

const font = { size: 12 };

describe('fitText', () => {
  test('breaks long names at their humps', () => {
    assert.deepEqual(fitText('LoadBalancerSecurityGroup', font, 130, 3), ['LoadBalancer', 'SecurityGroup']);
  });

  test('keeps an opening bracket with what it opens', () => {
    for (const line of fitText('Least privilege (security groups)', font, 110, 5))
      assert.doesNotMatch(line, /\($/);
  });

  test('keeps the word of a state whole', () => {
    for (let width = 60; width < 300; width += 5) {
      const lines = fitText('Amazon CloudWatchアラーム: 未対策', font, width, 9);
      assert.match(lines.at(-1) ?? '', /未対策$/, `${width}: ${lines.join('|')}`);
    }
  });

  test('keeps short Japanese words whole, and the sign of a state with its word', () => {
    for (let width = 130; width < 240; width += 5) {
      const lines = fitText('インターネットから ✕ · 内部から ● · 外向き ✕', font, width, 9);
      for (const line of lines)
        assert.doesNotMatch(line, /^[向き✕●]|ターネット$|外$/, `${width}: ${lines.join('|')}`);
    }
    for (const line of fitText('脆弱性情報の収集(CVSS・JVN・NVD・IPA)', font, 150, 5))
      assert.doesNotMatch(line, /^・/);
  });

  test('shows that something is missing when the lines do not suffice', () => {
    const lines = fitText('one two three four five six seven', font, 60, 2);
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /…$/);
  });

  test('no line is wider than its room, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 30, max: 200 }),
        (value, room) => {
          for (const line of fitText(value, font, room, 3)) {
            assert.ok(textPixels(line, font) <= room || [...line].length <= 2, line);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
