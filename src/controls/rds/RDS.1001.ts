import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'RDS.1001',
  title: text('Database clusters are backed up for a week', 'DBクラスターのバックアップを7日以上保持する'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  mappings: {},
  property: ['BackupRetentionPeriod'],
  good: atLeast(7),
  whenAbsent: { good: NO, means: text('one day by default', '既定は1日') },
  remedy: {
    summary: text('Keep backups for seven days or more', 'バックアップを7日以上保持する'),
    value: 7,
  },
});
