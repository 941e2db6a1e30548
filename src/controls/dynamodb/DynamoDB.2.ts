import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, DynamoDB.2. */
export const definition = propertyControl({
  id: 'DynamoDB.2',
  title: text('Tables can be restored to any moment', 'テーブルのポイントインタイムリカバリが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::DynamoDB::Table'],
  configRule: 'dynamodb-pitr-enabled',
  mappings: {
    'nist-800-53-r5': [
      'CP-1(2)',
      'CP-2(5)',
      'CP-6(2)',
      'CP-9a',
      'CP-9b',
      'CP-9c',
      'CP-10',
      'CP-10(2)',
      'SC-5(2)',
      'SI-13(5)',
    ],
    'pci-dss-3.2.1': ['3.1', '3.1.c'],
  },
  property: ['PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Turn on point-in-time recovery', 'ポイントインタイムリカバリを有効にする'),
    value: true,
  },
});
