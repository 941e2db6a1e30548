import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, EFS.2. */
export const definition = propertyControl({
  id: 'EFS.2',
  title: text('File systems are backed up', 'ファイルシステムがバックアップされている'),
  severity: 'medium',
  resourceTypes: ['AWS::EFS::FileSystem'],
  configRule: 'efs-in-backup-plan',
  mappings: {
    'nist-800-53-r5': [
      'CP-1(2)',
      'CP-2(5)',
      'CP-6(1)',
      'CP-6(2)',
      'CP-6(a)',
      'CP-9(a)',
      'CP-9(b)',
      'CP-9(c)',
      'CP-10',
      'CP-10(2)',
      'SC-5(2)',
      'SI-13(5)',
    ],
  },
  basis: 'template',
  property: ['BackupPolicy', 'Status'],
  good: oneOf('ENABLED'),
  whenAbsent: { good: NO, means: text('no automatic backup here', '自動バックアップの指定なし') },
  remedy: {
    summary: text('Set BackupPolicy.Status to ENABLED', 'BackupPolicy.Status を ENABLED にする'),
    value: 'ENABLED',
  },
});
