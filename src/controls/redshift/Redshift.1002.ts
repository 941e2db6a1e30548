import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Redshift.1002',
  title: text(
    'Redshift clusters stand in subnets that you chose',
    'Redshiftクラスターのサブネットグループを指定する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  mappings: {},
  property: ['ClusterSubnetGroupName'],
  good: present,
  whenAbsent: { good: NO, means: text('the default VPC', 'デフォルトVPCに置かれます') },
  remedy: {
    summary: text(
      'Name a subnet group of private subnets (replaces the cluster)',
      'プライベートサブネットのサブネットグループを指定する(クラスターは置換される)',
    ),
    needs: [text('a subnet group', 'サブネットグループ')],
  },
});
