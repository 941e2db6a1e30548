import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { OUTSIDE_A_CLUSTER } from './membership.ts';

/** AWS Security Hub controls reference, RDS.3. */
export const definition = propertyControl({
  id: 'RDS.3',
  title: text(
    'Database instances are encrypted on disk',
    'データベースインスタンスが保存時に暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-storage-encrypted',
  mappings: {
    'cis-5.0': ['2.2.1'],
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '8.2.1'],
  },
  property: ['StorageEncrypted'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('not encrypted', '暗号化されません') },
  onlyIf: OUTSIDE_A_CLUSTER,
  remedy: {
    summary: text(
      'Set StorageEncrypted to true (replaces the instance: move the data through an encrypted snapshot)',
      'StorageEncrypted を true にする(インスタンスは置換されるため、暗号化したスナップショット経由でデータを移す)',
    ),
    value: true,
  },
});
