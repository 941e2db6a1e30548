import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Hunk, hunksOf } from './hunks.ts';
import { applySplices, overlap, type Splice } from './splices.ts';

/** Applies hunks one after the other, strictly by their line numbers, as `patch` does at its best. */
function applied(before: string, hunks: readonly Hunk[]): string {
  let text = before;
  for (const { header, lines } of hunks) {
    const start = Number(/^@@ -(\d+)/.exec(header)?.[1]);
    const all = text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
    const body: string[] = [];
    for (const line of lines) {
      if (line.startsWith('\\')) body.push((body.pop() ?? '').slice(0, -1));
      else body.push(`${line}\n`);
    }
    const old = body.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
    const now = body.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
    assert.deepEqual(all.slice(start - 1, start - 1 + old.length), old, header);
    text = [...all.slice(0, start - 1), ...now, ...all.slice(start - 1 + old.length)].join('');
  }
  return text;
}

const textArbitrary = fc
  .array(fc.constantFrom('a', 'bb', '', '  c', 'd: 1'), { minLength: 1, maxLength: 40 })
  .chain((lines) => fc.boolean().map((ends) => lines.join('\n') + (ends ? '\n' : '')));

describe('hunks', () => {
  test('make of the old text what the splices make of it', () => {
    const splice = fc.record({
      at: fc.nat(400),
      length: fc.nat(12),
      text: fc.constantFrom('', 'x', '\nnew', '\nx: 1\ny: 2', 'q\n'),
    });
    fc.assert(
      fc.property(textArbitrary, fc.array(splice, { maxLength: 5 }), (before, wanted) => {
        const splices: Splice[] = wanted.map(({ at, length, text }, index) => {
          const start = at % (before.length + 1);
          return { start, end: Math.min(before.length, start + length), text, by: [`change-${index}`] };
        });
        fc.pre(!overlap(splices));
        assert.equal(applied(before, hunksOf(before, splices)), applySplices(before, splices));
      }),
      { numRuns: 300 },
    );
  });

  test('name the changes that made them and have three lines around', () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');
    const at = before.indexOf('line 10');
    const [hunk, ...others] = hunksOf(before, [{ start: at, end: at, text: 'new\n', by: ['waf@x'] }]);
    assert.equal(others.length, 0);
    assert.equal(hunk?.header, '@@ -7,7 +7,8 @@');
    assert.deepEqual(hunk?.by, ['waf@x']);
  });
});
