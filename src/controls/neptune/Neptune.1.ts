import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Neptune.1. */
export const definition = propertyControl({
  id: 'Neptune.1',
  title: text('Neptune clusters are encrypted', 'Neptuneクラスターが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  configRule: 'neptune-cluster-encrypted',
  mappings: {},
  property: ['StorageEncrypted'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('not encrypted', '暗号化されません') },
  remedy: {
    summary: text(
      'Set StorageEncrypted to true (replaces the cluster)',
      'StorageEncrypted を true にする(クラスターは置換される)',
    ),
    value: true,
  },
});
