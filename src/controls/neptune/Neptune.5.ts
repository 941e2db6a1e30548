import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';

/** AWS Security Hub controls reference, Neptune.5. */
export const definition = propertyControl({
  id: 'Neptune.5',
  title: text(
    'Neptune clusters are backed up for a week',
    'Neptuneクラスターのバックアップを7日以上保持する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  configRule: 'neptune-cluster-backup-retention-check',
  mappings: {},
  property: ['BackupRetentionPeriod'],
  good: atLeast(7),
  whenAbsent: { good: NO, means: text('one day by default', '既定は1日') },
  remedy: {
    summary: text('Keep backups for seven days or more', 'バックアップを7日以上保持する'),
    value: 7,
  },
});
