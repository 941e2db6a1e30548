import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { spanText } from '../../../kernel/source-file.ts';
import { hclParser } from './grammar.ts';
import { parseHcl } from './parse.ts';

const parse = async (text: string) => parseHcl(await hclParser(), { path: 'main.tf', text });

describe('parsing HCL', () => {
  test('keeps the place of every argument, also behind characters of two code units', async () => {
    const { body } = await parse('# 日本 😀\nresource "aws_s3_bucket" "b" {\n  bucket = "名前"\n}\n');
    const bucket = body.blocks[0]?.body.attributes.get('bucket');
    assert.ok(bucket);
    assert.equal(spanText(bucket.span), 'bucket = "名前"');
  });

  test('reports where the syntax breaks and reads the blocks around it', async () => {
    const { body, problems } = await parse('resource "a" "x" {\n}\nbad = = 3\nresource "a" "y" {\n}\n');
    assert.equal(problems[0]?.place?.line, 3);
    assert.equal(body.blocks[0]?.labels[1], 'x');
  });

  test('an argument that stands twice is reported with its line', async () => {
    const { problems } = await parse('locals {\n  a = 1\n  a = 2\n}\n');
    assert.deepEqual([problems[0]?.code, problems[0]?.place?.line], ['duplicate-key', 3]);
  });

  test('Windows line ends change nothing', async () => {
    const unix = await parse('locals {\n  a = <<-EOT\n    one\n      two\n  EOT\n}\n');
    const windows = await parse('locals {\r\n  a = <<-EOT\r\n    one\r\n      two\r\n  EOT\r\n}\r\n');
    const textOf = (parsed: typeof unix) => {
      const value = parsed.body.blocks[0]?.body.attributes.get('a')?.value;
      return value?.kind === 'template' ? value.parts : undefined;
    };
    assert.deepEqual(textOf(windows), textOf(unix));
    assert.deepEqual(textOf(unix), [{ kind: 'text', text: 'one\n  two\n' }]);
  });

  test('a byte order mark is skipped', async () => {
    const { body, problems } = await parse('\ufeffresource "a" "x" {\n}\n');
    assert.deepEqual([body.blocks.length, problems.length], [1, 0]);
  });

  test('expressions nested without measure are refused', async () => {
    for (const deep of [
      `${'['.repeat(3_000)}1${']'.repeat(3_000)}`,
      `1${' + 1'.repeat(3_000)}`,
      '!'.repeat(3_000),
    ]) {
      const parser = await hclParser();
      const attempt = () => parseHcl(parser, { path: 'main.tf', text: `locals {\n  a = ${deep}\n}\n` });
      try {
        assert.ok(attempt().problems.length > 0);
      } catch (error) {
        assert.match(String(error), /nested deeper/);
      }
    }
  });

  test('never throws, whatever the text', async () => {
    const parser = await hclParser();
    const pieces = fc.array(
      fc.constantFrom(
        'resource',
        ' "a" ',
        '{',
        '}',
        '=',
        '${',
        '%{if x}',
        '"',
        '<<EOT\n',
        '\n',
        '[',
        ']',
        'for',
        '1',
        '\\',
        '日',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (words) => {
        parseHcl(parser, { path: 'x.tf', text: words.join('') });
      }),
      { numRuns: 150 },
    );
  });
});
