import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, DynamoDB.6. */
export const definition = propertyControl({
  id: 'DynamoDB.6',
  title: text('Tables are protected against deletion', 'テーブルの削除保護が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::DynamoDB::Table'],
  configRule: 'dynamodb-table-deletion-protection-enabled',
  mappings: {},
  property: ['DeletionProtectionEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set DeletionProtectionEnabled to true', 'DeletionProtectionEnabled を true にする'),
    value: true,
  },
});
