import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { child, type DocumentNode } from './document.ts';
import { isPassedOver, parseJson, parseJsonAt } from './json.ts';

const file = (text: string) => ({ path: 'a.json', text });

/** A node as plain data. */
function plain(node: DocumentNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
}

describe('passing over parts of a document', () => {
  test('a value that is passed over can be parsed later, and says the same', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(value, value, (large, small) => {
        const source = file(JSON.stringify({ large, small }, null, 1));
        const { root } = parseJson(source, { skip: (key, depth) => depth === 1 && key === 'large' });
        const later = child(root, 'large');
        assert.ok(later);
        const whole = parseJson(source).root;
        assert.deepEqual(plain(parseJsonAt(source, later.start)), plain(child(whole, 'large') ?? later));
        assert.deepEqual(plain(child(root, 'small') ?? later), plain(child(whole, 'small') ?? later));
        assert.equal(isPassedOver(source, later), large !== null);
      }),
      { numRuns: 200 },
    );
  });

  test('only keys at the named depth are passed over', () => {
    const source = file('{"a": {"skip": 1, "b": {"skip": 2}}}');
    const { root } = parseJson(source, { skip: (key, depth) => key === 'skip' && depth === 2 });
    assert.deepEqual(plain(root), { a: { skip: null, b: { skip: 2 } } });
  });

  test('a part that has no end is refused with its place', () => {
    assert.throws(() => parseJson(file('{"a": [1, "x'), { skip: () => true }), /no end|middle/);
    assert.throws(() => parseJson(file('{"a": [1, {'), { skip: () => true }), /middle|begins/);
  });

  test('duplicate keys are found in small and in large maps', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `"k${index}": ${index}`);
    for (const position of [3, 35]) {
      const { problems } = parseJson(file(`{${keys.join(',')},"k${position}": 1}`));
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['duplicate-key'],
      );
    }
  });
});
