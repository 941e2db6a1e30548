import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Neptune.8. */
export const definition = propertyControl({
  id: 'Neptune.8',
  title: text(
    'Neptune clusters pass their tags to snapshots',
    'Neptuneクラスターのタグをスナップショットに引き継ぐ',
  ),
  severity: 'low',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  configRule: 'neptune-cluster-copy-tags-to-snapshot-enabled',
  mappings: {},
  property: ['CopyTagsToSnapshot'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set CopyTagsToSnapshot to true', 'CopyTagsToSnapshot を true にする'),
    value: true,
  },
});
