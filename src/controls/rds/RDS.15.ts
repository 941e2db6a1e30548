import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';
import { memberZones } from './members.ts';

/** AWS Security Hub controls reference, RDS.15. */
export const definition = propertyControl({
  id: 'RDS.15',
  title: text(
    'Database clusters span two zones or more',
    'DBクラスターが複数のアベイラビリティーゾーンにまたがる',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-cluster-multi-az-enabled',
  mappings: { 'cis-5.0': ['2.2.4'] },
  property: ['AvailabilityZones'],
  read: (resource, graph) => memberZones(resource, graph),
  good: hasItems(2),
  whenAbsent: { good: NO, means: text('one member only', 'メンバーは1つだけ') },
  remedy: {
    summary: text('Add a reader in another zone', '別のゾーンにリーダーを加える'),
    needs: [text('an AWS::RDS::DBInstance in another zone', '別ゾーンの AWS::RDS::DBInstance')],
  },
});
