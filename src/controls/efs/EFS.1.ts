import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, EFS.1. */
export const definition = propertyControl({
  id: 'EFS.1',
  title: text('File systems are encrypted', 'ファイルシステムが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::EFS::FileSystem'],
  configRule: 'efs-encrypted-check',
  mappings: {
    'cis-5.0': ['2.3.1'],
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '8.2.1'],
  },
  property: ['Encrypted'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('not encrypted', '暗号化されません') },
  remedy: {
    summary: text(
      'Set Encrypted to true (replaces the file system)',
      'Encrypted を true にする(ファイルシステムは置換される)',
    ),
    value: true,
  },
});
