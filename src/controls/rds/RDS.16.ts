import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.16. */
export const definition = propertyControl({
  id: 'RDS.16',
  title: text(
    'Database clusters pass their tags to snapshots',
    'DBクラスターのタグをスナップショットに引き継ぐ',
  ),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-cluster-copy-tags-to-snapshots-enabled',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  property: ['CopyTagsToSnapshot'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set CopyTagsToSnapshot to true', 'CopyTagsToSnapshot を true にする'),
    value: true,
  },
});
