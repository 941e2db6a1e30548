import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.7. */
export const definition = propertyControl({
  id: 'RDS.7',
  title: text('Database clusters are protected against deletion', 'DBクラスターの削除保護が有効'),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-cluster-deletion-protection-enabled',
  mappings: { 'nist-800-53-r5': ['CM-3', 'SC-5(2)'] },
  property: ['DeletionProtection'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set DeletionProtection to true', 'DeletionProtection を true にする'),
    value: true,
  },
});
