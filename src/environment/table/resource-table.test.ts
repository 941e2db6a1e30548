import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { resourceTypeFacts } from './resource-table.ts';

describe('the table of resource types', () => {
  test('is what the generator makes of the installed specification', async (context) => {
    const generator = await import('../../../tools/generate-resource-table.ts').catch(() => undefined);
    if (!generator) {
      context.skip('@aws-cdk/aws-service-spec is not installed');
      return;
    }
    const committed = readFileSync(new URL('./resource-table.generated.json', import.meta.url), 'utf8');
    assert.ok(
      committed === generator.buildResourceTable(),
      'the committed table is stale: run node tools/generate-resource-table.ts',
    );
  });

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
