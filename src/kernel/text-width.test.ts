import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cutColumns, displayWidth, padColumns, printable, wrapColumns } from './text-width.ts';

describe('displayWidth', () => {
  for (const [value, width] of [
    ['abc', 3],
    ['本丸', 4],
    ['ﾎﾝﾏﾙ', 4],
    ['Ａ', 2],
    ['e\u0301', 1],
    ['😀', 2],
    ['a→b', 3],
    ['', 0],
  ] as const) {
    test(`${JSON.stringify(value)} takes ${width} columns`, () => assert.equal(displayWidth(value), width));
  }
});

test('padding counts columns, not characters', () => {
  assert.equal(padColumns('本丸', 6), '本丸  ');
});

test('cutting never exceeds the columns and shows that something is missing', () => {
  assert.equal(cutColumns('本丸御殿', 5), '本丸…');
  assert.equal(cutColumns('short', 5), 'short');
});

test('terminal escapes and direction marks of strangers are not passed on', () => {
  assert.equal(printable('a\u001b[31mred\u202egnp'), 'a\ufffd[31mred\ufffdgnp');
  assert.equal(printable('two\nlines'), 'two lines');
});

describe('wrapColumns', () => {
  test('breaks English at spaces', () => {
    assert.deepEqual(wrapColumns('the quick brown fox', 10), ['the quick', 'brown fox']);
  });

  test('breaks Japanese anywhere, but no line begins with closing punctuation', () => {
    assert.deepEqual(wrapColumns('城を守る。城を攻める。', 8), ['城を守', 'る。城を', '攻める。']);
  });

  test('no line ends with an opening bracket', () => {
    for (const line of wrapColumns('対策は「遮断」と「妨害」である', 8)) assert.doesNotMatch(line, /「$/);
  });

  test('cuts a word that no line can hold', () => {
    assert.deepEqual(wrapColumns('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  });

  test('loses nothing but spaces and keeps to the columns', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '本', '。', '「', 'ー'), maxLength: 60 }),
        fc.integer({ min: 4, max: 20 }),
        (value, columns) => {
          const lines = wrapColumns(value, columns);
          assert.equal(lines.join('').replaceAll(' ', ''), value.replaceAll(' ', ''));
          for (const line of lines) assert.ok(displayWidth(line) <= columns);
        },
      ),
      { numRuns: 200 },
    );
  });
});
