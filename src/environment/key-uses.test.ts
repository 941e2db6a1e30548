import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaredKeys, keysOfFact, usesOfDeclaredKey, usesOfKey } from './key-uses.ts';
import { graphOf } from './testing.ts';

const ID = '12345678-1234-1234-1234-123456789012';
const ARN = `arn:aws:kms:eu-west-1:000012345678:key/${ID}`;
const FACT = { id: ID, arn: ARN, aliases: ['alias/orders'], state: 'PendingDeletion' };

const graph = graphOf({
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
    Alias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'Key' } },
    },
    Referring: { Type: 'AWS::EC2::Volume', Properties: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    ByAliasResource: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Alias' } } },
    ByAliasName: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/orders' } },
    Deep: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ARN } },
          ],
        },
      },
    },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { StreamEncryption: { KeyId: ID } } },
    Other: { Type: 'AWS::EC2::Volume', Properties: { KmsKeyId: 'alias/other' } },
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } }],
        },
      },
    },
  },
});

const namesOf = (uses: readonly { readonly resource: { readonly name: string } }[]) =>
  uses.map(({ resource }) => resource.name).sort();

describe('what depends on a KMS key', () => {
  test('by reference, through an alias, by the name of the alias; policies are no data', () => {
    const [key] = declaredKeys(graph);
    assert.ok(key);
    assert.deepEqual(namesOf(usesOfDeclaredKey(graph, key)), ['ByAliasName', 'ByAliasResource', 'Referring']);
  });

  test('the key of a KMS is found by id, ARN and alias, and is the declared one that has its alias', () => {
    assert.deepEqual(
      keysOfFact(graph, FACT).map(({ name }) => name),
      ['Key'],
    );
    const uses = usesOfKey(graph, FACT);
    assert.deepEqual(namesOf(uses), ['ByAliasName', 'ByAliasResource', 'Deep', 'Referring', 'Stream']);
    assert.match(uses.find(({ resource }) => resource.name === 'Deep')?.path ?? '', /KMSMasterKeyID$/);
  });

  test('another key has no uses', () => {
    assert.deepEqual(usesOfKey(graph, { ...FACT, id: 'x', arn: 'arn:aws:kms:a:b:key/x', aliases: [] }), []);
  });
});
