import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, property, readConfigurationText } from '../testing.ts';
import { FUNCTION_NAMES } from './registry.ts';

/** Expressions with the results that Terraform 1.11 gives for them. */
const RESULTS: readonly (readonly [expression: string, result: unknown])[] = [
  ['lower("ABC")', 'abc'],
  ['format("%s-%03d-%q", "a", 7, "b")', 'a-007-"b"'],
  ['formatlist("%s.%s", ["a", "b"], "c")', ['a.c', 'b.c']],
  ['join("-", ["a", "b"])', 'a-b'],
  ['split(",", "a,b")', ['a', 'b']],
  ['replace("a.b.c", ".", "-")', 'a-b-c'],
  ['substr("hello", 1, 3)', 'ell'],
  ['title("hello world")', 'Hello World'],
  ['trimsuffix("name-", "-")', 'name'],
  ['trim("--x--", "-")', 'x'],
  ['indent(2, "a\\nb")', 'a\n  b'],
  ['max(1, 5, 3)', 5],
  ['ceil(1.2)', 2],
  ['parseint("ff", 16)', 255],
  ['element(["a", "b"], 3)', 'b'],
  ['flatten([["a"], [["b"], "c"]])', ['a', 'b', 'c']],
  ['distinct(["a", "b", "a"])', ['a', 'b']],
  ['compact(["a", "", null])', ['a']],
  ['concat(["a"], ["b"])', ['a', 'b']],
  ['contains(["a"], "a")', true],
  ['merge({ a = 1 }, { b = 2, a = 3 })', { a: 3, b: 2 }],
  ['lookup({ a = 1 }, "b", 2)', 2],
  ['keys({ b = 1, a = 2 })', ['a', 'b']],
  ['values({ b = 1, a = 2 })', [2, 1]],
  ['zipmap(["a", "b"], [1, 2])', { a: 1, b: 2 }],
  [
    'setproduct(["a", "b"], ["c"])',
    [
      ['a', 'c'],
      ['b', 'c'],
    ],
  ],
  ['setsubtract(["a", "b"], ["b"])', ['a']],
  ['range(3)', [0, 1, 2]],
  ['slice(["a", "b", "c"], 1, 3)', ['b', 'c']],
  ['coalesce("", "a")', 'a'],
  ['one([])', null],
  ['length("héllo")', 5],
  ['toset(["b", "a", "b"])', ['a', 'b']],
  ['tonumber("3")', 3],
  ['jsonencode({ b = "<", a = [1, true, null] })', '{"a":[1,true,null],"b":"\\u003c"}'],
  ['jsondecode("{\\"a\\": [1]}")', { a: [1] }],
  ['base64encode("hi")', 'aGk='],
  ['urlencode("a b/é")', 'a+b%2F%C3%A9'],
  ['md5("x")', '9dd4e461268c8034f5c8564e155c67a6'],
  ['cidrsubnet("10.0.0.0/16", 8, 10)', '10.0.10.0/24'],
  ['cidrsubnet("fd00::/56", 8, 3)', 'fd00:0:0:3::/64'],
  ['cidrhost("10.0.0.0/24", -1)', '10.0.0.255'],
  ['cidrnetmask("10.0.0.0/20")', '255.255.240.0'],
  ['cidrsubnets("10.0.0.0/16", 4, 8)', ['10.0.0.0/20', '10.0.16.0/24']],
  ['timeadd("2026-01-01T00:00:00Z", "1h30m")', '2026-01-01T01:30:00Z'],
  ['try(local.nothing.here, "fallback")', 'fallback'],
  ['can(tonumber("x"))', false],
  [`[for k, v in { b = 1, a = 2 } : "\${k}\${v}" if v > 1]`, ['a2']],
  ['{ for v in ["x", "y", "x"] : v => length(v)... }', { x: [1, 1], y: [1] }],
  [`"%{ for v in ["a", "b"] ~}\${v},%{ endfor ~}"`, 'a,b,'],
  ['"%{ if 1 > 2 }yes%{ else }no%{ endif }"', 'no'],
  ['[{ n = 1 }, { n = 2 }][*].n', [1, 2]],
  ['max([1, 2]...)', 2],
  ['-3 + 2 * 4 == 5 && !false', true],
];

describe("Terraform's functions and operators", () => {
  for (const [expression, result] of RESULTS) {
    test(`${expression} is ${JSON.stringify(result)}`, async () => {
      const reading = await readConfigurationText(`resource "x_test" "t" {\n  value = ${expression}\n}\n`);
      assert.deepEqual(property(at(reading, 'x_test.t'), 'value'), result);
    });
  }

  test('what depends on time, chance or a foreign pattern is unknown', async () => {
    for (const call of [
      'timestamp()',
      'uuid()',
      'regex("a+", "aa")',
      'replace("aa", "/a+/", "b")',
      'no_such(1)',
    ]) {
      const reading = await readConfigurationText(`resource "x_test" "t" {\n  value = ${call}\n}\n`);
      assert.deepEqual(property(at(reading, 'x_test.t'), 'value'), { unknown: call }, call);
    }
  });

  test('a hundred and more functions are computed', () => {
    assert.ok(FUNCTION_NAMES.length >= 90, String(FUNCTION_NAMES.length));
  });
});
