import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkDocument, compilePolicies, evaluate, parsePolicyText } from './index.ts';
import { compileGlob, matchGlob } from './match/glob.ts';
import { tokensOf } from './match/tokens.ts';

const GOOD = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';

describe('bad input', () => {
  const rows: readonly [string, string, RegExp][] = [
    ['duplicate keys', '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', /stands twice/],
    ['a byte order mark', `\ufeff{"Version":"2012-10-17","Statement":${GOOD}}`, /does not take/],
    ['NUL', `{"Version":"2012-10-17\u0000","Statement":${GOOD}}`, /does not take/],
    ['10 MB', ' '.repeat(10 << 20), /larger than/],
    ['10,000 statements', `{"Statement":[${Array(10_000).fill(GOOD).join()}]}`, /larger than/],
    ['deep nesting', '['.repeat(50_000), /nested deeper/],
    [
      'an unknown operator',
      `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringAlmost":{"a:b":"c"}}}}`,
      /no condition operator/,
    ],
    ['an unknown element', `{"Statement":{"Effect":"Deny","Actions":"*","Resource":"*"}}`, /no element/],
  ];
  for (const [name, document, message] of rows) {
    test(`${name}: refused with a place, quickly`, () => {
      const before = performance.now();
      assert.throws(() => parsePolicyText(document), message);
      assert.ok(performance.now() - before < 100);
      assert.ok(checkDocument(document, 'managed')?.place);
    });
  }

  test('a pattern with 100 wildcards against 2 KB takes less than a millisecond', () => {
    const glob = compileGlob(tokensOf(`*${'a*b*c*'.repeat(34)}x`, { wildcards: true, variables: false }));
    const text = 'abc'.repeat(700);
    matchGlob(glob, text);
    const before = performance.now();
    for (let turn = 0; turn < 20; turn += 1) assert.equal(matchGlob(glob, text), false);
    assert.ok((performance.now() - before) / 20 < 1);
  });

  test('an effect in the wrong case is refused, so that no Deny is skipped', () => {
    assert.throws(
      () => parsePolicyText('{"Statement":{"Effect":"deny","Action":"*","Resource":"*"}}'),
      /no Effect/,
    );
  });

  test('a request for something that is no ARN matches only as a whole', () => {
    const access = { identity: compilePolicies([parsePolicyText(`{"Statement":${GOOD}}`)]) };
    const principal = { type: 'user', arn: 'nonsense' } as const;
    assert.equal(evaluate(access, { principal, action: 's3:x', resource: 'nonsense' }).verdict, 'UNKNOWN');
  });
});
