import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';

/** AWS Security Hub controls reference, Redshift.3. */
export const definition = propertyControl({
  id: 'Redshift.3',
  title: text(
    'Redshift clusters are backed up for a week',
    'Redshiftクラスターの自動スナップショットを7日以上保持する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-backup-enabled',
  mappings: {
    'nist-800-53-r5': [
      'CP-1(2)',
      'CP-2(5)',
      'CP-6(1)',
      'CP-6(2)',
      'CP-6a',
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
  property: ['AutomatedSnapshotRetentionPeriod'],
  good: atLeast(7),
  whenAbsent: { good: NO, means: text('one day by default', '既定は1日') },
  remedy: {
    summary: text('Keep snapshots for seven days or more', 'スナップショットを7日以上保持する'),
    value: 7,
  },
});
