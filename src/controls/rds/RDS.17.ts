import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { OUTSIDE_A_CLUSTER } from './membership.ts';

/** AWS Security Hub controls reference, RDS.17. */
export const definition = propertyControl({
  id: 'RDS.17',
  title: text(
    'Database instances pass their tags to snapshots',
    'データベースインスタンスのタグをスナップショットに引き継ぐ',
  ),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-instance-copy-tags-to-snapshots-enabled',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  property: ['CopyTagsToSnapshot'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  onlyIf: OUTSIDE_A_CLUSTER,
  remedy: {
    summary: text('Set CopyTagsToSnapshot to true', 'CopyTagsToSnapshot を true にする'),
    value: true,
  },
});
