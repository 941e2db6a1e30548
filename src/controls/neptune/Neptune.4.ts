import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Neptune.4. */
export const definition = propertyControl({
  id: 'Neptune.4',
  title: text('Neptune clusters are protected against deletion', 'Neptuneクラスターの削除保護が有効'),
  severity: 'low',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  configRule: 'neptune-cluster-deletion-protection-enabled',
  mappings: {},
  property: ['DeletionProtection'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set DeletionProtection to true', 'DeletionProtection を true にする'),
    value: true,
  },
});
