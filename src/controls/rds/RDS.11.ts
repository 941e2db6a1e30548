import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';
import { OUTSIDE_A_CLUSTER } from './membership.ts';

/** AWS Security Hub controls reference, RDS.11 (parameter backupRetentionMinimum, seven days). */
export const definition = propertyControl({
  id: 'RDS.11',
  title: text(
    'Database instances are backed up for a week',
    'データベースインスタンスの自動バックアップを7日以上保持する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'db-instance-backup-enabled',
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
  property: ['BackupRetentionPeriod'],
  good: atLeast(7),
  whenAbsent: { good: NO, means: text('one day by default', '既定は1日') },
  onlyIf: OUTSIDE_A_CLUSTER,
  remedy: {
    summary: text('Keep backups for seven days or more', 'バックアップを7日以上保持する'),
    value: 7,
  },
});
