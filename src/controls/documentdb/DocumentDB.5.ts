import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, DocumentDB.5. */
export const definition = propertyControl({
  id: 'DocumentDB.5',
  title: text('DocumentDB clusters are protected against deletion', 'DocumentDBクラスターの削除保護が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  configRule: 'docdb-cluster-deletion-protection-enabled',
  mappings: {},
  property: ['DeletionProtection'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set DeletionProtection to true', 'DeletionProtection を true にする'),
    value: true,
  },
});
