import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Config managed rule dynamodb-table-encrypted-kms, which no AWS control uses. */
export const definition = propertyControl({
  id: 'DynamoDB.1001',
  title: text('Tables are encrypted with a KMS key', 'テーブルがKMSキーで暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::DynamoDB::Table'],
  configRule: 'dynamodb-table-encrypted-kms',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '8.2.1'],
  },
  property: ['SSESpecification', 'SSEEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('a key that DynamoDB owns', 'DynamoDBが所有する鍵') },
  remedy: {
    summary: text('Set SSEEnabled to true', 'SSEEnabled を true にする'),
    value: true,
  },
});
