import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { bucketsFor } from './stores.ts';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

function environment(denial: object) {
  return graphOf({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: TRUST,
          Policies: [
            {
              PolicyName: 'all',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
              },
            },
          ],
        },
      },
      Uploads: { Type: 'AWS::S3::Bucket' },
      Logs: { Type: 'AWS::S3::Bucket' },
      LogsPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Logs' },
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } },
                Action: 's3:GetObject*',
                Resource: { 'Fn::Sub': '${Logs.Arn}/*' },
                ...denial,
              },
            ],
          },
        },
      },
    },
  });
}

function readable(denial: object, action = 's3:GetObject'): readonly string[] {
  const graph = environment(denial);
  const role = graph.get('cfn:test/Role');
  assert.ok(role);
  return bucketsFor(graph, role, action)
    .map(({ name }) => name)
    .toSorted();
}

describe('the buckets that a role over all buckets reads', () => {
  test('leave out one whose policy denies it by name', () => {
    assert.deepEqual(readable({}), ['Uploads']);
  });

  test('keep one whose denial is about something else', () => {
    for (const denial of [
      { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Action: 's3:DeleteObject' },
      { Effect: 'Allow' },
      { Resource: { 'Fn::Sub': '${Logs.Arn}/private/*' } },
      { Resource: { 'Fn::Sub': '${Uploads.Arn}/*' } },
      { Principal: { AWS: 'arn:aws:iam::111122223333:role/other' } },
    ]) {
      assert.deepEqual(readable(denial), ['Logs', 'Uploads'], JSON.stringify(denial));
    }
    assert.deepEqual(readable({}, 's3:DeleteObject'), ['Logs', 'Uploads']);
  });
});
