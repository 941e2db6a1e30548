import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { requireSsl } from './parameters.ts';

/** AWS Security Hub controls reference, Redshift.2. */
export const definition = propertyControl({
  id: 'Redshift.2',
  title: text('Redshift clusters refuse plain connections', 'Redshiftクラスターが平文の接続を拒否する'),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-require-tls-ssl',
  mappings: {
    'nist-800-53-r5': ['AC-4', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SC-13', 'SC-23', 'SC-23(3)'],
  },
  property: ['ClusterParameterGroupName'],
  label: 'require_ssl',
  read: (cluster, graph) => requireSsl(cluster, graph),
  good: isTrue,
  whenAbsent: { good: NO, means: text('plain connections are taken', '平文の接続も受け付けます') },
  remedy: {
    summary: text(
      'Set require_ssl to true in a parameter group of its own',
      '専用のパラメータグループで require_ssl を true にする',
    ),
    needs: [text('an AWS::Redshift::ClusterParameterGroup', 'AWS::Redshift::ClusterParameterGroup')],
  },
});
