import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseYaml } from '../yaml.ts';
import { documentOf } from './document-of.ts';
import { readCommonYaml } from './read-common-yaml.ts';

/** What the quick reader says of a text, as nodes with all their offsets; undefined where it hands it over. */
function quick(text: string) {
  const written = readCommonYaml(text);
  return written && documentOf(written);
}

/** The same of the complete parser; it must not have a word to say against the text. */
function complete(text: string) {
  const { root, problems } = parseYaml({ path: 'test.yaml', text });
  assert.deepEqual(problems, []);
  return root;
}

const indented = (lines: string, by: number) => lines.replaceAll(/^(?=.)/gm, ' '.repeat(by));

const inline = fc.constantFrom(
  ...['x', '10', 'a b', 'a#b', 'http://x/y', '~', '"d\\n\\u0041"', "'it''s'", '{}', '[]', '!Ref A'],
  ...['!GetAtt [a, b]', '[a, !Ref b, "c"]', '{a: 1, "b":[x]}', '!Sub "${x}"', '[a,\n          b]', '-x'],
);
const block = fc
  .tuple(fc.constantFrom('|', '>', '|-', '>-', '|+', '!Sub |'), fc.array(fc.constantFrom('line', '', '# no')))
  .map(([header, lines]) => `${header}\n${indented(['first', ...lines].join('\n'), 10)}\n`);
const comment = fc.constantFrom('', '', '', ' # note', '  #x');
const between = fc.constantFrom(
  '',
  '',
  '',
  '\n',
  '# at the margin\n',
  '    # deep\n',
  '  # own\n\n',
  '   \n',
);

/** Maps and lists as people write them, with comments and empty lines anywhere. */
const { written } = fc.letrec<{ written: string; value: string; item: string; map: string; list: string }>(
  (tie) => ({
    written: fc.oneof({ depthSize: 'small' }, tie('map'), tie('list')),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(inline, comment).map(([scalar, note]) => ` ${scalar}${note}\n`),
      block.map((text) => ` ${text}`),
      fc.tuple(comment, between, tie('written'), fc.constantFrom(1, 2, 3)).map(deeper),
      fc.tuple(fc.constant(''), between, tie('list'), fc.constant(0)).map(deeper),
    ),
    item: fc.oneof(
      tie('value'),
      tie('map').map((map) => ` ${indented(map, 2).trimStart()}`),
    ),
    map: fc.array(fc.tuple(tie('value'), between), { minLength: 1, maxLength: 3 }).map(asMap),
    list: fc.array(fc.tuple(tie('item'), between), { minLength: 1, maxLength: 3 }).map(asList),
  }),
);

function deeper([note, gap, below, by]: [string, string, string, number]): string {
  return `${note}\n${gap}${indented(below, by)}`;
}

function asMap(entries: [string, string][]): string {
  return entries
    .map(([value, gap], index) => `${index === 1 ? '"k 1"' : `k${index}`}:${value}${gap}`)
    .join('');
}

function asList(items: [string, string][]): string {
  return items.map(([value, gap]) => `-${value}${gap}`).join('');
}

describe('YAML in the common form', () => {
  test('is read as the complete parser reads it, to the offset of every node', () => {
    let read = 0;
    fc.assert(
      fc.property(written, fc.constantFrom('', '---\n', '# head\n'), (text, head) => {
        const found = quick(head + text);
        if (!found) return;
        read += 1;
        assert.deepEqual(found, complete(head + text));
      }),
      { numRuns: 250 },
    );
    assert.ok(read > 60, `only ${read} were read`);
  });

  test('whatever sign is put anywhere, it says the same or hands the text over', () => {
    const base = 'a:\n  - b: !Ref C # d\n    "e": [f, {g: h}]\n  - |\n    i\n\nj: !If\n- k\n- l: \'m\'\n';
    const sign = fc.constantFrom(...' #:-"\'![]{},|>&*?%@`\t\n', '\n\n', ': ', '- ', ' #', '---\n');
    fc.assert(
      fc.property(fc.nat(base.length), fc.nat(2), sign, (at, gone, added) => {
        const text = base.slice(0, at) + added + base.slice(at + gone);
        const found = quick(text);
        if (found) assert.deepEqual(found, complete(text));
      }),
      { numRuns: 300 },
    );
  });

  const handedOver = {
    'an anchor': 'a: &x 1\nb: *x\n',
    'a merge key': 'a:\n  <<: {b: 1}\n',
    'a key written twice': 'a: 1\na: 2\n',
    'a key without a value': 'a:\nb: 1\n',
    'a complex key': '? a\n: b\n',
    'a second document': 'a: 1\n---\nb: 2\n',
    'a tab as indentation': 'a:\n\tb: 1\n',
    'a carriage return': 'a: 1\r\n',
    'a byte order mark': '\uFEFFa: 1\n',
    'a scalar over two lines': 'a: b\n  c\n',
    'a quoted scalar over two lines': 'a: "b\n  c"\n',
    'a tag of somebody else': 'a: !Other b\n',
    'a rare escape': 'a: "\\x41"\n',
    'an open bracket': 'a: [1, 2\n',
    'an indentation that fits nothing': 'a:\n    b: 1\n  c: 2\n',
    'a single word': 'word\n',
    nothing: '',
    'too deep a nesting': `a: ${'['.repeat(300)}${']'.repeat(300)}\n`,
  };
  for (const [what, text] of Object.entries(handedOver)) {
    test(`${what} is left to the complete parser`, () => assert.equal(readCommonYaml(text), undefined));
  }
});
