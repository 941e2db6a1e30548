import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';
import { backupRetention } from './backups.ts';

/** AWS Config managed rule fsx-resources-protected-by-backup-plan, which no AWS control uses. */
export const definition = propertyControl({
  id: 'FSx.1001',
  title: text('FSx file systems are backed up', 'FSxファイルシステムの自動バックアップが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::FSx::FileSystem'],
  configRule: 'fsx-resources-protected-by-backup-plan',
  mappings: {},
  basis: 'template',
  property: ['AutomaticBackupRetentionDays'],
  read: (fileSystem) => backupRetention(fileSystem),
  good: atLeast(1),
  whenAbsent: {
    good: NO,
    means: text(
      'whether backups are kept depends on the kind of file system',
      'バックアップの有無はファイルシステムの種類によります',
    ),
  },
  remedy: {
    summary: text(
      'Set AutomaticBackupRetentionDays to seven or more',
      'AutomaticBackupRetentionDays を7以上にする',
    ),
  },
});
