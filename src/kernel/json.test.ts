import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { child, type DocumentNode } from './document.ts';
import { InputError } from './errors.ts';
import { parseJson } from './json.ts';
import { placeAt, spanText } from './source-file.ts';

const parse = (text: string) => parseJson({ path: 'test.json', text });

/** The plain value of a node; maps without a prototype, so that every key is only a key. */
function plain(node: DocumentNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  const out: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.entries) out[key] = plain(value);
  return out;
}

function failure(text: string): InputError {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error;
  }
  return assert.fail(`${JSON.stringify(text)} was read`);
}

describe('reading JSON with places', () => {
  test('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        assert.deepEqual(JSON.parse(JSON.stringify(plain(parse(text).root))), JSON.parse(text));
      }),
    );
  });

  test('refuses exactly what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom(...'{}[],:"\\x0- '), (value, at, mutation) => {
        const original = JSON.stringify(value);
        const cut = at % (original.length + 1);
        const text = original.slice(0, cut) + mutation + original.slice(cut);
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        if (accepted) assert.doesNotThrow(() => parse(text));
        else failure(text);
      }),
    );
  });

  test('every node knows the text that it was read from', () => {
    const file = { path: 'test.json', text: '{ "a": [1, "two", {"b": null}] }' };
    const list = child(parseJson(file).root, 'a');
    assert.ok(list?.kind === 'list');
    const texts = list.items.map((item) => spanText({ file, start: item.start, end: item.end }));
    assert.deepEqual(texts, ['1', '"two"', '{"b": null}']);
  });

  test('a duplicate key is reported at its place and the later value is read', () => {
    const { root, problems } = parse('{\n  "a": 1,\n  "a": 2\n}');
    assert.deepEqual(problems[0]?.place, { file: 'test.json', line: 3, column: 3 });
    assert.equal(problems[0]?.code, 'duplicate-key');
    assert.deepEqual(plain(root), Object.assign(Object.create(null), { a: 2 }));
  });

  test('__proto__ is only a key', () => {
    const { root } = parse('{"__proto__": {"polluted": true}}');
    assert.ok(root.kind === 'map');
    assert.equal(root.entries[0]?.key, '__proto__');
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  test('a syntax error names line and column', () => {
    assert.deepEqual(failure('{\n  "a": 1\n  "b": 2\n}').place, { file: 'test.json', line: 3, column: 3 });
    assert.match(failure('{"a": "no end').message, /no end/);
    assert.match(failure('').message, /empty/);
    assert.match(failure('[1] 2').message, /after the end/);
    assert.match(failure('"a\nb"').message, /control character/);
  });

  test('nesting has a limit', () => {
    const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
    assert.equal(failure(deep).code, 'json-depth');
    assert.doesNotThrow(() => parseJson({ path: 't', text: deep }, { depth: 200 }));
  });

  test('a byte order mark and Windows line ends are no trouble', () => {
    assert.deepEqual(plain(parse('\ufeff[1,\r\n2]').root), [1, 2]);
    assert.deepEqual(placeAt({ path: 'f', text: 'a\r\nb' }, 3), { file: 'f', line: 2, column: 1 });
  });
});
