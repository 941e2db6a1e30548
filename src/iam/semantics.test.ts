import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Access,
  type AccessRequest,
  compilePolicies,
  evaluate,
  explain,
  explanationTexts,
  grantPolicy,
  type PolicyProgram,
  parsePolicyText,
} from './index.ts';
import {
  ALICE,
  ALL,
  allow,
  ask,
  deny,
  LAMBDA,
  NOTHING,
  OTHER,
  OWN,
  policy,
  ROOT,
  SESSION,
} from './testing.ts';

describe('the layers', () => {
  const rows: readonly [string, Access, Partial<AccessRequest>, string][] = [
    ['nothing allows', {}, {}, 'implicit:identity'],
    ['an identity policy allows', { identity: ALL }, {}, 'allowed'],
    ['a deny anywhere wins', { identity: policy(allow(), deny()) }, {}, 'explicit:identity'],
    ['a boundary that does not allow', { identity: ALL, boundary: NOTHING }, {}, 'implicit:boundary'],
    ['a boundary alone grants nothing', { boundary: ALL }, {}, 'implicit:identity'],
    ['a session policy that does not allow', { identity: ALL, session: NOTHING }, {}, 'implicit:session'],
    [
      'every SCP level must allow',
      { identity: ALL, serviceControl: [ALL, NOTHING] },
      {},
      'implicit:service-control',
    ],
    [
      'an empty SCP level denies',
      { identity: ALL, serviceControl: [policy(), ALL].slice(0, 1) },
      {},
      'implicit:service-control',
    ],
    [
      'SCPs limit the root user',
      { serviceControl: [policy(deny())] },
      { principal: ROOT },
      'explicit:service-control',
    ],
    ['the root user needs no identity policy', {}, { principal: ROOT }, 'allowed'],
    [
      'SCPs spare the management account',
      { identity: ALL, serviceControl: [NOTHING], managementAccount: OWN },
      {},
      'allowed',
    ],
    [
      'SCPs spare service-linked roles',
      { identity: ALL, serviceControl: [NOTHING] },
      {
        principal: {
          type: 'role-session',
          role: `arn:aws:iam::${OWN}:role/aws-service-role/x.amazonaws.com/R`,
          session: `arn:aws:sts::${OWN}:assumed-role/R/s`,
        },
      },
      'allowed',
    ],
    [
      'an RCP denies',
      { identity: ALL, resourceControl: [policy(deny({ Principal: '*' }))] },
      {},
      'explicit:resource-control',
    ],
    [
      'an RCP speaks only of its services',
      {
        identity: policy(allow({ Action: 'ec2:*' })),
        resourceControl: [policy(deny({ Principal: '*', Action: '*' }))],
      },
      { action: 'ec2:RunInstances', resource: '*' },
      'allowed',
    ],
    [
      'an endpoint policy that does not allow',
      { identity: ALL, endpoint: policy(allow({ Principal: '*', Action: 'sqs:*' })) },
      {},
      'implicit:endpoint',
    ],
    [
      'a resource policy names the user',
      {
        resource: policy(allow({ Principal: { AWS: `arn:aws:iam::${OWN}:user/team/alice` } })),
        boundary: NOTHING,
      },
      {},
      'allowed',
    ],
    [
      'a resource policy names the account',
      { resource: policy(allow({ Principal: { AWS: OWN } })) },
      {},
      'implicit:identity',
    ],
    ['a resource policy names everybody', { resource: policy(allow({ Principal: '*' })) }, {}, 'allowed'],
    [
      'a role grant stays within the boundary',
      { resource: policy(allow({ Principal: { AWS: `arn:aws:iam::${OWN}:role/app` } })), boundary: NOTHING },
      { principal: SESSION },
      'implicit:boundary',
    ],
    [
      'a session grant goes past it',
      {
        resource: policy(allow({ Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/app/one` } })),
        boundary: NOTHING,
        session: NOTHING,
      },
      { principal: SESSION },
      'allowed',
    ],
    [
      'across accounts the resource must allow',
      { identity: ALL },
      { resourceAccount: OTHER },
      'implicit:resource',
    ],
    [
      'across accounts the identity must allow',
      { resource: policy(allow({ Principal: '*' })) },
      { resourceAccount: OTHER },
      'implicit:identity',
    ],
    [
      'across accounts both allow',
      { identity: ALL, resource: policy(allow({ Principal: { AWS: OWN } })) },
      { resourceAccount: OTHER },
      'allowed',
    ],
    [
      'a service principal needs the resource policy',
      { resource: policy(allow({ Principal: { Service: 'lambda.amazonaws.com' } })) },
      { principal: LAMBDA },
      'allowed',
    ],
    [
      'another service is not meant',
      { resource: policy(allow({ Principal: { Service: 'ec2.amazonaws.com' } })) },
      { principal: LAMBDA },
      'implicit:resource',
    ],
    [
      '"AWS": "*" means no service',
      { resource: policy(allow({ Principal: { AWS: '*' } })) },
      { principal: LAMBDA },
      'implicit:resource',
    ],
    [
      '"*" means services too',
      { resource: policy(allow({ Principal: '*' })) },
      { principal: LAMBDA },
      'allowed',
    ],
    [
      'anonymous callers are everybody',
      { resource: policy(allow({ Principal: { AWS: '*' } })) },
      { principal: { type: 'anonymous', name: '' } },
      'allowed',
    ],
    [
      'a recreated user has another id',
      { resource: policy(allow({ Principal: { AWS: 'AIDAOLDALICE00000' } })) },
      {},
      'implicit:identity',
    ],
    [
      'a user by its id',
      { resource: policy(allow({ Principal: { AWS: 'AIDAALICE00000000' } })) },
      {},
      'allowed',
    ],
    [
      'a key policy must allow',
      { identity: policy(allow({ Action: 'kms:*' })) },
      { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${OWN}:key/1` },
      'implicit:resource',
    ],
    [
      'a key policy that delegates',
      {
        identity: policy(allow({ Action: 'kms:*' })),
        resource: policy(allow({ Action: 'kms:*', Principal: { AWS: `arn:aws:iam::${OWN}:root` } })),
      },
      { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${OWN}:key/1` },
      'allowed',
    ],
    [
      'creating keys needs no key policy',
      { identity: policy(allow({ Action: 'kms:*' })) },
      { action: 'kms:CreateKey', resource: '*' },
      'allowed',
    ],
    [
      'a trust policy must allow',
      { identity: policy(allow({ Action: 'sts:*' })) },
      { action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/app` },
      'implicit:resource',
    ],
    [
      'a Deny with NotPrincipal spares who is listed with the account',
      {
        identity: ALL,
        resource: policy(deny({ NotPrincipal: { AWS: [OWN, `arn:aws:iam::${OWN}:user/team/alice`] } })),
      },
      {},
      'allowed',
    ],
    [
      '… but not without the account',
      {
        identity: ALL,
        resource: policy(deny({ NotPrincipal: { AWS: `arn:aws:iam::${OWN}:user/team/alice` } })),
      },
      {},
      'explicit:resource',
    ],
    [
      '… and nobody with a boundary',
      {
        identity: ALL,
        boundary: ALL,
        resource: policy(deny({ NotPrincipal: { AWS: [OWN, `arn:aws:iam::${OWN}:user/team/alice`] } })),
      },
      {},
      'explicit:resource',
    ],
  ];
  for (const [name, access, request, expected] of rows) {
    test(name, () => assert.equal(ask(access, request), expected));
  }

  test('a grant is one more way to be allowed on the resource side', () => {
    const grants = compilePolicies([
      grantPolicy('grants', [
        {
          id: 'g1',
          grantee: `arn:aws:iam::${OWN}:user/team/alice`,
          operations: ['Decrypt'],
          encryptionContextEquals: { app: 'web' },
        },
      ]),
    ]);
    const request = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${OWN}:key/1` };
    const right = { 'kms:EncryptionContext:app': 'web', 'kms:EncryptionContextKeys': ['app'] };
    assert.equal(ask({ grants }, { ...request, context: right }), 'allowed');
    assert.equal(
      ask({ grants }, { ...request, context: { ...right, 'kms:EncryptionContextKeys': ['app', 'more'] } }),
      'implicit:resource',
    );
  });
});

describe('resources', () => {
  const rows: readonly [pattern: string, resource: string, matches: boolean][] = [
    ['*', 'arn:aws:s3:::bucket/key', true],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b', true],
    ['arn:aws:s3:::bucket/?', 'arn:aws:s3:::bucket/ab', false],
    ['arn:aws:S3:::bucket/*', 'arn:aws:s3:::bucket/a', true],
    ['arn:aws:s3:::Bucket/*', 'arn:aws:s3:::bucket/a', false],
    ['arn:aws:sqs:*:jobs', 'arn:aws:sqs:eu-west-1:111122223333:jobs', false],
    ['arn:aws:sqs:*:*:jobs', 'arn:aws:sqs:eu-west-1:111122223333:jobs', true],
    ['arn:aws:sqs', 'arn:aws:sqs:eu-west-1:111122223333:jobs', true],
    ['arn:aws:s3:::*', '*', false],
    ['arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::alice/x', true],
    ['arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::bob/x', false],
    ["arn:aws:s3:::${aws:PrincipalTag/team, 'blue'}/*", 'arn:aws:s3:::blue/x', true],
    ['arn:aws:s3:::${aws:PrincipalTag/none}/*', 'arn:aws:s3:::/x', false],
    ['arn:aws:s3:::b${*}/x', 'arn:aws:s3:::b*/x', true],
    ['arn:aws:s3:::b${*}/x', 'arn:aws:s3:::bc/x', false],
  ];
  for (const [pattern, resource, matches] of rows) {
    test(`${pattern} ${matches ? 'is' : 'is not'} ${resource}`, () => {
      const access = { identity: policy(allow({ Action: '*', Resource: pattern })) };
      assert.equal(ask(access, { resource }), matches ? 'allowed' : 'implicit:identity');
    });
  }

  test('NotResource with a variable that has no value allows nothing and denies on', () => {
    const element = { NotResource: 'arn:aws:s3:::${aws:PrincipalTag/none}/*', Resource: undefined };
    assert.equal(ask({ identity: policy(allow(element)) }), 'implicit:identity');
    assert.equal(ask({ identity: policy(allow(), deny(element)) }), 'explicit:identity');
  });

  test('version 2008-10-17 knows no variables', () => {
    const old = parsePolicyText(
      JSON.stringify({
        Version: '2008-10-17',
        Statement: allow({ Resource: 'arn:aws:s3:::${aws:username}/*' }),
      }),
    );
    const access = { identity: compilePolicies([old]) };
    assert.equal(ask(access, { resource: 'arn:aws:s3:::alice/x' }), 'implicit:identity');
    assert.equal(ask(access, { resource: 'arn:aws:s3:::${aws:username}/x' }), 'allowed');
  });
});

describe('conditions', () => {
  type Row = readonly [operator: string, policyValue: unknown, given: unknown, holds: boolean];
  const rows: readonly Row[] = [
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'a', undefined, false],
    ['StringNotEquals', 'a', undefined, true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
    ['StringLike', 'a*c?', 'abbcd', true],
    ['StringLike', '*', '', true],
    ['StringNotLike', 'a*', 'b', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', '9007199254740993', '9007199254740992', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', 'x', false],
    ['NumericGreaterThanEquals', 10, 10, true],
    ['NumericNotEquals', 'x', '1', false],
    ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', true],
    ['DateNotEquals', '2026-01-01', '2026-01-02', true],
    ['DateLessThan', '2026-01-01T09:00:00+09:00', '2025-12-31T23:59:59Z', true],
    ['DateLessThanEquals', '2026-01-01', '2026-01-01', true],
    ['DateGreaterThan', '2026-02-30', '2027-01-01', false],
    ['DateGreaterThanEquals', '2026-01-01', '2026-01-01T00:00:00Z', true],
    ['Bool', 'true', true, true],
    ['Bool', 'false', undefined, false],
    ['BoolIfExists', 'true', undefined, true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['IpAddress', '10.0.0.0/8', '10.1.2.3', true],
    ['IpAddress', '10.9.9.9/8', '10.1.2.3', true],
    ['IpAddress', '10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
    ['IpAddress', '10.0.0.0/8', 'cloudformation.amazonaws.com', false],
    ['NotIpAddress', '10.0.0.0/8', '11.0.0.1', true],
    ['NotIpAddress', '10.0.0.0/8', undefined, true],
    ['NotIpAddress', 'nonsense', '11.0.0.1', false],
    ['ArnEquals', 'arn:aws:sns:*:*:t*', 'arn:aws:sns:eu-west-1:111122223333:topic', true],
    ['ArnLike', 'arn:aws:sns:*:topic', 'arn:aws:sns:eu-west-1:111122223333:topic', false],
    ['ArnLike', '*', 'no arn', false],
    ['ArnNotEquals', 'arn:aws:sns:*:*:t', 'no arn', true],
    ['ArnNotLike', 'arn:aws:sns:*:*:t*', 'arn:aws:sns:eu-west-1:111122223333:topic', false],
    ['Null', 'true', undefined, true],
    ['Null', 'false', undefined, false],
    ['Null', 'false', 'x', true],
    ['Null', 'true', [], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
    ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false],
    ['ForAllValues:StringEquals', ['a'], undefined, true],
    ['ForAllValues:StringEquals', ['a'], [''], true],
    ['ForAllValues:StringNotLike', 'key1*', ['key2:x'], true],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringEquals', ['a'], undefined, false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
    ['StringLike', '${aws:username}-*', 'alice-x', true],
    ['StringEquals', '${*}', '*', true],
    ['StringNotEquals', '${aws:PrincipalTag/none}', 'x', false],
  ];
  for (const [operator, value, given, holds] of rows) {
    test(`${operator} ${JSON.stringify(value)} ${holds ? 'holds' : 'fails'} for ${JSON.stringify(given)}`, () => {
      const access = { identity: policy(allow({ Condition: { [operator]: { 'x:Key': value } } })) };
      const context: Record<string, string> = given === undefined ? {} : { 'X:kEY': given as string };
      assert.equal(ask(access, { context }), holds ? 'allowed' : 'implicit:identity');
    });
  }

  test('the value of a variable is text, not a pattern', () => {
    const access = {
      identity: policy(allow({ Condition: { StringLike: { 's3:prefix': '${aws:PrincipalTag/p}' } } })),
    };
    assert.equal(
      ask(access, { context: { 'aws:PrincipalTag/p': '*', 's3:prefix': 'x' } }),
      'implicit:identity',
    );
    assert.equal(ask(access, { context: { 'aws:PrincipalTag/p': '*', 's3:prefix': '*' } }), 'allowed');
  });

  test('__proto__ as a key is only a key', () => {
    const access = { identity: policy(allow({ Condition: { Null: { 'x:__proto__': 'true' } } })) };
    assert.equal(ask(access, { context: JSON.parse('{"__proto__":"x"}') }), 'allowed');
  });

  test('aws:username is absent for roles', () => {
    const access = { identity: policy(allow({ Condition: { Null: { 'aws:username': 'true' } } })) };
    assert.equal(ask(access, { principal: SESSION }), 'allowed');
    assert.equal(ask(access), 'implicit:identity');
  });
});

describe('the explanation', () => {
  test('names the layer, the statement with its place, the condition and the missing key', () => {
    const identity = policy(
      allow({ Sid: 'Mfa', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    );
    const request = {
      principal: ALICE,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      resourceAccount: OWN,
    };
    const explanation = explain({ identity }, request);
    assert.deepEqual(explanation.missingKeys, ['aws:MultiFactorAuthPresent']);
    const english = explanationTexts(explanation)
      .map((line) => line.en)
      .join('\n');
    assert.match(english, /Allow Mfa \(policy\.json:1:38\): Bool aws:MultiFactorAuthPresent \[true\] fails/);
  });

  test('suggests the smallest statements, which allow when they are added', () => {
    const request = {
      principal: ALICE,
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      resourceAccount: OTHER,
    };
    const { suggestions } = explain({ boundary: NOTHING, serviceControl: [NOTHING] }, request);
    assert.deepEqual(
      suggestions.map((each) => each.layer),
      ['service-control', 'resource', 'identity', 'boundary'],
    );
    const added = new Map(suggestions.map((each) => [each.layer, policy({ ...each.statement })]));
    const access = {
      identity: added.get('identity') as PolicyProgram,
      boundary: added.get('boundary') as PolicyProgram,
      resource: added.get('resource') as PolicyProgram,
      serviceControl: [added.get('service-control') as PolicyProgram],
    };
    assert.equal(evaluate(access, request).verdict, 'ALLOW');
  });
});
