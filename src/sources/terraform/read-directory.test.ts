import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readConfigurationText, readDocumentObject } from './testing.ts';

const expression = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      '1',
      '"a"',
      'null',
      'true',
      'var.v',
      'local.a',
      'local.b',
      'aws_vpc.x.id',
      'aws_vpc.none',
      'each.key',
      '[]',
      '{}',
    ),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} == ${b} ? ${a} : ${b})`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `merge(${a}, { k = ${b} })`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a})[${b}]`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `"x\${${a}}\${${b}}"`),
    tie('any').map((a) => `[for v in ${a} : v]`),
    tie('any').map((a) => `jsonencode(${a})`),
    tie('any').map((a) => `flatten(${a})[*].id`),
    tie('any').map((a) => `length(toset(${a})) + 1`),
  ),
})).any;

describe('reading a directory', () => {
  test('whatever the expressions are, every resource is read and nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(expression, expression, expression, async (a, b, c) => {
        const reading = await readConfigurationText(`
variable "v" {}
locals {
  a = ${a}
  b = ${b}
}
resource "aws_vpc" "x" {
  cidr_block = ${b}
}
resource "aws_security_group" "g" {
  count  = ${a}
  vpc_id = ${c}
  dynamic "ingress" {
    for_each = ${c}
    content {
      cidr_blocks = ${b}
    }
  }
}
resource "aws_s3_bucket_policy" "p" {
  bucket = ${c}
  policy = ${a}
}
`);
        assert.ok(reading.resources.some(({ id }) => id === 'tf:aws_vpc.x'));
      }),
      { numRuns: 60 },
    );
  });

  test('an empty folder has nothing', async () => {
    assert.deepEqual(await readConfigurationText({ 'readme.md': 'x' }), { resources: [], notes: [] });
  });
});

describe('reading a document', () => {
  test('whatever a plan holds, nothing is thrown', () => {
    const mask = fc.oneof(fc.boolean(), fc.constant({}), fc.constant([true]), fc.constant([{ a: true }]));
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, mask, value, (bucket, ingress, unknown, expressions) => {
        const resource = { address: 'aws_security_group.g', mode: 'managed', type: 'aws_security_group' };
        readDocumentObject({
          format_version: '1.2',
          planned_values: {
            root_module: { resources: [{ ...resource, values: { name: bucket, ingress } }] },
          },
          resource_changes: [
            { ...resource, change: { after_unknown: { ingress: unknown, vpc_id: unknown } } },
          ],
          configuration: { root_module: { resources: [{ ...resource, expressions }] } },
        });
      }),
      { numRuns: 150 },
    );
  });
});
