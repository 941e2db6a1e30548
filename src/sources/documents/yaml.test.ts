import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { child, type DocumentNode } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { spanText } from '../../kernel/source-file.ts';
import { parseYaml } from './yaml.ts';

const read = (text: string) => parseYaml({ path: 'test.yaml', text });

function plain(node: DocumentNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}

function failure(text: string): InputError {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error;
  }
  return assert.fail(`${JSON.stringify(text)} was read`);
}

/** JSON values without the key that objects treat specially, and without the zero that JSON cannot write. */
const values = fc
  .jsonValue()
  .map((value) => JSON.parse(JSON.stringify(value)))
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('reading YAML with places', () => {
  test('whatever the yaml library writes is read as it means', () => {
    fc.assert(
      fc.property(values, (value) => {
        const written = stringify(value, { version: '1.1' });
        assert.deepEqual(plain(read(written).root), parse(written, { version: '1.1' }));
      }),
      { numRuns: 200 },
    );
  });

  test('JSON is YAML', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = JSON.stringify(value, null, 2);
        assert.deepEqual(plain(read(text).root), JSON.parse(text));
      }),
      { numRuns: 200 },
    );
  });

  const tags: readonly [string, unknown][] = [
    ['!Ref Vpc', { Ref: 'Vpc' }],
    ['!Condition IsProduction', { Condition: 'IsProduction' }],
    ['!GetAtt Database.Endpoint.Address', { 'Fn::GetAtt': 'Database.Endpoint.Address' }],
    ['!GetAtt [Database, Arn]', { 'Fn::GetAtt': ['Database', 'Arn'] }],
    ['!Sub "${' + 'AWS::Region}-x"', { 'Fn::Sub': '${' + 'AWS::Region}-x' }],
    ['!Join ["-", [a, !Ref B]]', { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }],
    ["!GetAZs ''", { 'Fn::GetAZs': '' }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!If [A, !Ref B, !Ref "AWS::NoValue"]', { 'Fn::If': ['A', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] }],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ['!Cidr [10.0.0.0/16, 6, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 6, 8] }],
    ['!FindInMap [Map, a, b]', { 'Fn::FindInMap': ['Map', 'a', 'b'] }],
    ['!ImportValue name', { 'Fn::ImportValue': 'name' }],
    ['!Split [",", "a,b"]', { 'Fn::Split': [',', 'a,b'] }],
    ['!Equals [a, b]', { 'Fn::Equals': ['a', 'b'] }],
    [
      '!And [!Condition A, !Not [!Condition B]]',
      { 'Fn::And': [{ Condition: 'A' }, { 'Fn::Not': [{ Condition: 'B' }] }] },
    ],
    ['!Or [!Condition A, !Condition B]', { 'Fn::Or': [{ Condition: 'A' }, { Condition: 'B' }] }],
    ['!Transform {Name: Macro}', { 'Fn::Transform': { Name: 'Macro' } }],
  ];
  for (const [written, meant] of tags) {
    test(`${written} is its long form`, () => {
      assert.deepEqual(plain(read(`Value: ${written}`).root), { Value: meant });
    });
  }

  test('scalars are those of YAML 1.1, and numbers lose nothing', () => {
    const { root } = read(
      'Version: 2012-10-17\nAccount: 012345678901\nPort: 22\nYes: yes\nTrue: true\nVoid: ~\n',
    );
    assert.deepEqual(plain(root), {
      Version: '2012-10-17',
      Account: '012345678901',
      Port: 22,
      Yes: true,
      True: true,
      Void: null,
    });
  });

  test('anchors, aliases and merge keys are expanded', () => {
    const { root } = read('base: &base {a: 1, b: 2}\nother:\n  <<: *base\n  b: 3\nlist: [*base]\n');
    assert.deepEqual(plain(root), { base: { a: 1, b: 2 }, other: { a: 1, b: 3 }, list: [{ a: 1, b: 2 }] });
  });

  test('every node knows the text that it was read from', () => {
    const file = { path: 'test.yaml', text: 'a:\n  - one\n  - "two"\r\n  - {b: 3}\n' };
    const list = child(parseYaml(file).root, 'a');
    assert.ok(list?.kind === 'list');
    assert.deepEqual(
      list.items.map((item) => spanText({ file, start: item.start, end: item.end })),
      ['one', '"two"', '{b: 3}'],
    );
  });

  test('a duplicate key is a problem with its place, and the document is still read', () => {
    const { root, problems } = read('a: 1\nb: 2\na: 3\n');
    assert.deepEqual(
      problems.map(({ code, place }) => [code, place?.line]),
      [['duplicate-key', 3]],
    );
    assert.equal((plain(root) as { a: number }).a, 3);
  });

  test('bad documents are refused with line and column', () => {
    assert.deepEqual(failure('a: [1, 2\nb: 3\n').place?.file, 'test.yaml');
    assert.equal(failure('a:\n\t- b\n').place?.line, 2);
    assert.match(failure('a: *nowhere\n').text.en, /nowhere/);
    assert.ok(failure('a: 1\n---\nb: 2\n'));
    assert.ok(failure(''));
  });

  test('an alias bomb is refused before it is expanded', () => {
    const levels = 'bcdefghijk'.split('').map((name, index) => {
      const below = 'abcdefghij'[index];
      return `${name}: &${name} [${Array(10).fill(`*${below}`).join(', ')}]`;
    });
    const error = failure(`a: &a [x, x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}\n`);
    assert.match(error.code, /yaml-(aliases|nodes)/);
  });

  test('nesting has a limit', () => {
    assert.match(failure(`a: ${'['.repeat(5_000)}`).code, /yaml/);
    assert.match(failure(`a: ${'['.repeat(300)}${']'.repeat(300)}`).code, /depth/);
  });

  test('__proto__ is only a key', () => {
    const { root } = read('__proto__: {polluted: yes}\n');
    assert.ok(root.kind === 'map');
    assert.equal(root.entries[0]?.key, '__proto__');
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });
});

test('a fault is told in both languages', () => {
  const fault = (content: string) => {
    try {
      parseYaml({ path: 'a.yaml', text: content });
    } catch (error) {
      return error instanceof InputError ? error.text : undefined;
    }
    return undefined;
  };
  assert.match(fault('A: {B: 1\nC: 2\n')?.ja ?? '', /字下げ|閉じ括弧|文字/);
  assert.match(fault('A:\n\tB: 1\n')?.ja ?? '', /タブ/);
  assert.match(fault('A: *nothing!\nB: &a &b 1\n')?.en ?? '', /anchor/i);
});
