import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resourceTypeFacts } from './resource-table.ts';

describe('the table of resource types', () => {
  test('knows what the properties of an instance refer to', () => {
    const facts = resourceTypeFacts('AWS::EC2::Instance');
    assert.deepEqual(facts?.references.get('SubnetId'), [
      { type: 'AWS::EC2::Subnet', attribute: 'SubnetId' },
    ]);
    assert.deepEqual(facts?.identifier, ['InstanceId']);
    assert.ok(facts?.attributes.includes('PrivateIp'));
    assert.ok(facts?.createOnly.includes('SubnetId'));
  });

  test('follows references below the first level', () => {
    const facts = resourceTypeFacts('AWS::Lambda::Function');
    assert.equal(facts?.references.get('VpcConfig.SubnetIds')?.[0]?.type, 'AWS::EC2::Subnet');
  });

  test('answers undefined for a type that does not exist, whatever its name', () => {
    assert.equal(resourceTypeFacts('AWS::Nothing::AtAll'), undefined);
    assert.equal(resourceTypeFacts('__proto__'), undefined);
    assert.equal(resourceTypeFacts('constructor'), undefined);
  });
});
