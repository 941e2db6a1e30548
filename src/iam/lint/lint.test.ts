import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type ActionTable, loadActionTable } from '../table/action-table.ts';
import type { LintFinding } from './finding.ts';
import { lintDocument } from './lint.ts';

let table: ActionTable;

before(async () => {
  table = await loadActionTable();
});

type Json = Readonly<Record<string, unknown>>;

const READ: Json = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const TRUST: Json = {
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: 'sts:AssumeRole',
};
const when = (operator: string, key: string, value: unknown): Json => ({
  ...READ,
  Condition: { [operator]: { [key]: value } },
});

function lint(
  statement: Json | readonly Json[],
  version: string | undefined = '2012-10-17',
): readonly LintFinding[] {
  const document = { ...(version === '' ? {} : { Version: version }), Statement: statement };
  return lintDocument({ path: 'policy.json', text: JSON.stringify(document, null, 2) }, { table });
}

/** Each finding with a statement that has it and one, as like as may be, that has not. */
const ROWS: readonly (readonly [string, Json | readonly Json[], Json | readonly Json[]])[] = [
  ['MISSING_SERVICE_IN_ACTION', { ...READ, Action: 'GetObject' }, READ],
  ['WILDCARD_IN_SERVICE_NAME', { ...READ, Action: 's*:GetObject' }, READ],
  ['INVALID_SERVICE_IN_ACTION', { ...READ, Action: 's33:GetObject' }, READ],
  ['INVALID_ACTION', { ...READ, Action: 's3:GetObjekt' }, { ...READ, Action: 's3:getobject' }],
  ['INVALID_ACTION', { ...READ, Action: 's3:Gut*' }, { ...READ, Action: 's3:Get*' }],
  ['EMPTY_ARRAY_ACTION', { ...READ, Action: [] }, { ...READ, Action: ['s3:GetObject'] }],
  ['EMPTY_ARRAY_RESOURCE', { ...READ, Resource: [] }, { ...READ, Resource: ['arn:aws:s3:::b/*'] }],
  ['INVALID_ARN_PREFIX', { ...READ, Resource: 's3:::b' }, READ],
  ['MISSING_ARN_FIELD', { ...READ, Resource: 'arn:aws:s3:b' }, READ],
  [
    'INVALID_ARN_ACCOUNT',
    { ...READ, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:1234:q' },
    { ...READ, Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' },
  ],
  ['RESOURCE_NOT_FOR_ACTION', { ...READ, Resource: 'arn:aws:sqs:eu-west-1:111122223333:q' }, READ],
  [
    'INVALID_CONDITION_KEY_FORMAT',
    when('StringEquals', 'prefix', 'a'),
    when('StringEquals', 's3:prefix', 'a'),
  ],
  [
    'INVALID_GLOBAL_CONDITION_KEY',
    when('StringEquals', 'aws:SourceIpp', 'a'),
    when('StringEquals', 'aws:PrincipalTag/x', 'a'),
  ],
  [
    'INVALID_SERVICE_CONDITION_KEY',
    when('StringEquals', 's3:prefics', 'a'),
    when('StringEquals', 's3:prefix', 'a'),
  ],
  ['EMPTY_ARRAY_CONDITION', when('StringEquals', 's3:prefix', []), when('StringEquals', 's3:prefix', ['a'])],
  [
    'NULL_WITH_QUALIFIER',
    when('ForAnyValue:Null', 'aws:TagKeys', 'true'),
    when('Null', 'aws:TagKeys', 'true'),
  ],
  [
    'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
    when('ForAllValues:StringEquals', 'aws:SourceVpc', 'vpc-1'),
    when('ForAllValues:StringEquals', 'aws:TagKeys', 'a'),
  ],
  [
    'TYPE_MISMATCH_NUMBER',
    when('NumericLessThan', 's3:max-keys', 'ten'),
    when('NumericLessThan', 's3:max-keys', '10'),
  ],
  [
    'TYPE_MISMATCH_DATE',
    when('DateLessThan', 'aws:CurrentTime', 'soon'),
    when('DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z'),
  ],
  [
    'TYPE_MISMATCH_BOOLEAN',
    when('Bool', 'aws:SecureTransport', 'yes'),
    when('Bool', 'aws:SecureTransport', 'true'),
  ],
  [
    'TYPE_MISMATCH_IP_RANGE',
    when('IpAddress', 'aws:SourceIp', '10.0.0.0/33'),
    when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
  ],
  [
    'WILDCARD_WITHOUT_LIKE_OPERATOR',
    when('StringEquals', 's3:prefix', 'a*'),
    when('StringLike', 's3:prefix', 'a*'),
  ],
  [
    'INVALID_VARIABLE_FOR_OPERATOR',
    when('IpAddress', 'aws:SourceIp', '${aws:username}'),
    when('StringEquals', 's3:prefix', '${aws:username}'),
  ],
  [
    'MISSING_BRACE_IN_VARIABLE',
    { ...READ, Resource: 'arn:aws:s3:::b/${aws:username' },
    { ...READ, Resource: 'arn:aws:s3:::b/${aws:username}' },
  ],
  [
    'EMPTY_VARIABLE',
    { ...READ, Resource: 'arn:aws:s3:::b/${}' },
    { ...READ, Resource: 'arn:aws:s3:::b/${aws:username}' },
  ],
  ['EMPTY_SID_VALUE', { ...READ, Sid: '' }, { ...READ, Sid: 'Read' }],
  [
    'UNIQUE_SIDS_REQUIRED',
    [
      { ...READ, Sid: 'A' },
      { ...READ, Sid: 'A' },
    ],
    [
      { ...READ, Sid: 'A' },
      { ...READ, Sid: 'B' },
    ],
  ],
  [
    'FULL_ADMINISTRATION',
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: '*', Resource: '*' },
  ],
  [
    'PASS_ROLE_WITH_STAR_IN_RESOURCE',
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/web' },
  ],
  [
    'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
    { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
    { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' },
  ],
  [
    'PASS_ROLE_WITH_NOTRESOURCE',
    { Effect: 'Allow', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/a' },
    { Effect: 'Deny', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/a' },
  ],
  [
    'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE',
    { Effect: 'Allow', Action: 'iam:*', NotResource: 'arn:aws:iam::111122223333:role/a' },
    { Effect: 'Allow', Action: 'iam:List*', NotResource: 'arn:aws:iam::111122223333:role/a' },
  ],
  ['MISSING_PRINCIPAL', [TRUST, { Effect: 'Allow', Action: 'sts:AssumeRole' }], [TRUST]],
  [
    'ALLOW_WITH_NOTPRINCIPAL',
    { ...READ, NotPrincipal: { AWS: '111122223333' } },
    { ...READ, Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } },
  ],
  [
    'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
    { ...READ, Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } },
    { ...READ, Principal: { AWS: '*' } },
  ],
  [
    'INVALID_USER_REFERENCE',
    { ...READ, Principal: { AWS: 'AIDAJQABLZS4A3QDU576Q' } },
    { ...READ, Principal: { AWS: '111122223333' } },
  ],
  [
    'INVALID_ROLE_REFERENCE',
    { ...READ, Principal: { AWS: 'AROADBQP57FF2AEXAMPLE' } },
    { ...READ, Principal: { AWS: '111122223333' } },
  ],
  ['INVALID_SERVICE_PRINCIPAL_FORMAT', { ...TRUST, Principal: { Service: 'ec2' } }, TRUST],
];

describe('lint', () => {
  for (const [code, firing, silent] of ROWS) {
    test(`${code} speaks where it should, with its place, and is silent elsewhere`, () => {
      const found = lint(firing).find((each) => each.code === code);
      assert.ok(found, `it did not fire: ${JSON.stringify(lint(firing).map((each) => each.code))}`);
      assert.equal(found.place?.file, 'policy.json');
      assert.ok(found.message.en.length > 0 && found.message.ja.length > 0);
      assert.deepEqual(
        lint(silent).filter((each) => each.code === code),
        [],
      );
    });
  }

  test('variables need the version that knows them; a policy without a version is the old one', () => {
    const statement = { ...READ, Resource: 'arn:aws:s3:::b/${aws:username}/*' };
    const codes = (version: string) => lint(statement, version).map(({ code }) => code);
    assert.ok(codes('2008-10-17').includes('VARIABLE_UNSUPPORTED_IN_VERSION'));
    assert.ok(codes('').includes('MISSING_VERSION'));
    assert.deepEqual(codes('2012-10-17'), []);
  });

  test('an identity policy that names a principal is refused when it is said to be one', () => {
    const document = { Version: '2012-10-17', Statement: { ...READ, Principal: '*' } };
    const file = { path: 'policy.json', text: JSON.stringify(document) };
    const codes = lintDocument(file, { table, kind: 'identity' }).map(({ code }) => code);
    assert.ok(codes.includes('UNSUPPORTED_PRINCIPAL'));
  });

  test('a sound policy has no findings', () => {
    assert.deepEqual(lint([READ, when('Bool', 'aws:SecureTransport', 'true')]), []);
    assert.deepEqual(lint(TRUST), []);
  });
});
