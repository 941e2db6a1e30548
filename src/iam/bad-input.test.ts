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
    test(`${name}: refused with a place`, () => {
      assert.throws(() => parsePolicyText(document), message);
      assert.ok(checkDocument(document, 'managed')?.place);
    });
  }

  test('a pattern with 100 wildcards that nearly matches 2 KB does not match', () => {
    const glob = compileGlob(tokensOf(`*${'a*b*c*'.repeat(34)}x`, { wildcards: true, variables: false }));
    assert.equal(matchGlob(glob, 'abc'.repeat(700)), false);
    assert.equal(matchGlob(glob, `${'abc'.repeat(700)}x`), true);
  });

  test('__proto__ is a condition key like any other and changes nothing', () => {
    const document = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"__proto__":"x"}}}}`;
    const access = { identity: compilePolicies([parsePolicyText(document)]) };
    const principal = { type: 'user', arn: 'arn:aws:iam::111122223333:user/a' } as const;
    const request = {
      principal,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      resourceAccount: '111122223333',
    };
    assert.equal(evaluate(access, request).verdict, 'DENY');
    const context = new Map([['__proto__', 'x']]);
    assert.equal(evaluate(access, { ...request, context }).verdict, 'ALLOW');
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
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
