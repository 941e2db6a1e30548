import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.27. */
export const definition = propertyControl({
  id: 'RDS.27',
  title: text('Database clusters are encrypted on disk', 'DBクラスターが保存時に暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-cluster-encrypted-at-rest',
  mappings: {},
  property: ['StorageEncrypted'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('not encrypted', '暗号化されません') },
  remedy: {
    summary: text(
      'Set StorageEncrypted to true (replaces the cluster: move the data through an encrypted snapshot)',
      'StorageEncrypted を true にする(クラスターは置換されるため、暗号化したスナップショット経由でデータを移す)',
    ),
    value: true,
  },
});
