import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import { findRisks } from './find.ts';

const ID = '12345678-1234-1234-1234-123456789012';
const FACT = {
  id: ID,
  arn: `arn:aws:kms:us-east-1:000012345678:key/${ID}`,
  aliases: ['alias/orders'],
  state: 'PendingDeletion',
  deletionDate: '2026-01-09T10:00:00.000Z',
};

function risksWith(resources: object, keys: readonly (typeof FACT)[]) {
  const graph = graphOf({ Resources: resources }, { scope: 'account' });
  const told = new ResourceGraph({ ...graph.facts, keys }, graph.resources);
  return findRisks(told, [], []).risks.filter(({ rule }) => rule === 'key-lost');
}

const TOPIC = { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/orders' } } };

describe('what a running KMS says of its keys', () => {
  test('a key that is being deleted is a risk of what is encrypted with it, by its date', () => {
    const [risk, ...more] = risksWith(TOPIC, [FACT]);
    assert.equal(more.length, 0);
    assert.match(risk?.statement.cause.en ?? '', /alias\/orders is deleted on 2026-01-09/);
    assert.deepEqual(
      risk?.assets.map(({ resource }) => resource),
      ['cfn:test/Topic'],
    );
  });

  test('the key that a template declares under that alias is the same one, told once', () => {
    const declared = {
      ...TOPIC,
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {}, Enabled: false } },
      Alias: {
        Type: 'AWS::KMS::Alias',
        Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'Key' } },
      },
    };
    const [risk, ...more] = risksWith(declared, [FACT]);
    assert.equal(more.length, 0);
    assert.equal(risk?.path[0]?.resource, 'cfn:test/Key');
    assert.match(risk?.statement.cause.en ?? '', /is deleted on/);
  });

  test('a key that is gone stays a risk that no safeguard lowers; of two keys of the same data the worse is told', () => {
    const gone = { ...FACT, state: 'Deleted' };
    const disabled = {
      ...FACT,
      id: 'other',
      arn: 'arn:aws:kms:us-east-1:000012345678:key/other',
      state: 'Disabled',
    };
    const [risk, ...more] = risksWith(TOPIC, [disabled, gone]);
    assert.equal(more.length, 0);
    assert.match(risk?.statement.cause.en ?? '', /was deleted on 2026-01-09/);
    assert.equal(risk?.proposal.response, 'accept');
  });

  test('a key that nothing here uses is none', () => {
    assert.deepEqual(risksWith({ Topic: { Type: 'AWS::SNS::Topic' } }, [FACT]), []);
  });
});
