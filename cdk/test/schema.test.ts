import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenReferences } from './support/references.ts';
import { violations } from './support/schema.ts';

const bucket = (Properties: object) => ({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties } } });

test('a template that the resource schemas allow has no violation', () => {
  const template = bucket({
    BucketName: { 'Fn::Sub': '${AWS::StackName}-x' },
    VersioningConfiguration: { Status: 'Enabled' },
    PublicAccessBlockConfiguration: { BlockPublicAcls: 'true' },
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  assert.deepEqual(violations(template), []);
});

test('what they do not allow is named with its place', () => {
  const cases: readonly [object, RegExp][] = [
    [bucket({ Versioning: true }), /Bucket.*unknown property Versioning/],
    [bucket({ VersioningConfiguration: { Status: 'On' } }), /Status: On is not among/],
    [bucket({ VersioningConfiguration: {} }), /Status is missing/],
    [bucket({ PublicAccessBlockConfiguration: { BlockPublicAcls: 'maybe' } }), /not a boolean/],
    [bucket({ VersioningConfiguration: 'Enabled' }), /not a map/],
    [{ Resources: { X: { Type: 'AWS::S3::Pail' } } }, /unknown type AWS::S3::Pail/],
  ];
  for (const [template, message] of cases) assert.match(violations(template).join('\n'), message);
});

test('references to nothing, and circles of them, are named', () => {
  const ref = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: name } } });
  assert.deepEqual(brokenReferences({ Resources: { A: ref('AWS::StackName'), B: ref('A') } }), []);
  assert.match(brokenReferences({ Resources: { A: ref('C') } }).join(), /A refers to C/);
  assert.match(brokenReferences({ Resources: { A: ref('B'), B: ref('A') } }).join(), /A → B → A wait/);
});
