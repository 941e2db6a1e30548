import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { graphOf, resource } from '../../environment/testing.ts';
import { get } from '../../model/value.ts';
import { actionMatches, isPublicStatement, someStatement } from './policy-statements.ts';

function isPublic(statement: object): string {
  const graph = graphOf({
    Parameters: { Choice: { Type: 'String' } },
    Resources: {
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: 'b', PolicyDocument: { Statement: [statement] } },
      },
    },
  });
  const document = get(resource(graph, 'Policy').properties, 'PolicyDocument');
  return someStatement(document, isPublicStatement).is;
}

const ownAccount = { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] };
const everybody = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };

describe('a statement for everybody', () => {
  test('is public, however the principal is written', () => {
    assert.equal(isPublic(everybody), 'yes');
    assert.equal(isPublic({ ...everybody, Principal: { AWS: '*' } }), 'yes');
    assert.equal(
      isPublic({ ...everybody, Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'] } }),
      'yes',
    );
    assert.equal(
      isPublic({ ...everybody, Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
      'yes',
    );
  });

  test('is not public when it denies, or names accounts and services', () => {
    assert.equal(isPublic({ ...everybody, Effect: 'Deny' }), 'no');
    assert.equal(isPublic({ ...everybody, Principal: { AWS: '111122223333' } }), 'no');
    assert.equal(isPublic({ ...everybody, Principal: { Service: 'logging.s3.amazonaws.com' } }), 'no');
    assert.equal(isPublic({ ...everybody, Principal: { AWS: ownAccount } }), 'no');
  });

  test('is not public when a condition fixes the caller or the place', () => {
    const fixed = [
      { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } },
      { ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1' } },
      { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
      { StringEquals: { 'aws:SourceVpce': { Ref: 'Choice' } } },
    ];
    for (const Condition of fixed.slice(0, 3)) assert.equal(isPublic({ ...everybody, Condition }), 'no');
    assert.notEqual(isPublic({ ...everybody, Condition: fixed[3] }), 'yes');
  });

  test('stays public when the condition fixes nothing', () => {
    const open = [
      { Bool: { 'aws:SecureTransport': true } },
      { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
      { StringNotEquals: { 'aws:PrincipalOrgID': 'o-example' } },
      { StringLike: { 'aws:PrincipalOrgID': '*' } },
    ];
    for (const Condition of open) assert.equal(isPublic({ ...everybody, Condition }), 'yes');
  });
});

describe('action patterns', () => {
  test('match with * and ?, whatever the case', () => {
    assert.ok(actionMatches('S3:get*', 's3:GetObject'));
    assert.ok(actionMatches('s3:*Object', 's3:PutObject'));
    assert.ok(actionMatches('s3:?etObject', 's3:GetObject'));
    assert.ok(actionMatches('*', 'iam:PassRole'));
    assert.ok(!actionMatches('s3:GetObject', 's3:GetObjectAcl'));
    assert.ok(!actionMatches('ec2:*', 's3:GetObject'));
  });

  test('agree with the plain definition of a wildcard', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 10 });
    fc.assert(
      fc.property(word, name, (pattern, action) => {
        assert.equal(actionMatches(pattern, action), plainly(pattern, action));
      }),
      { numRuns: 500 },
    );
  });
});

/** The definition, step by step. */
function plainly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*')
    return plainly(pattern.slice(1), text) || (text !== '' && plainly(pattern, text.slice(1)));
  return (
    text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && plainly(pattern.slice(1), text.slice(1))
  );
}
