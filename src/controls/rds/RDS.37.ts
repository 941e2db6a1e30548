import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { includes } from '../questions.ts';

/** AWS Security Hub controls reference, RDS.37. */
export const definition = propertyControl({
  id: 'RDS.37',
  title: text(
    'Aurora PostgreSQL clusters send their log to CloudWatch Logs',
    'Aurora PostgreSQL クラスターのログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-aurora-postgresql-logs-to-cloudwatch',
  mappings: {},
  property: ['EnableCloudwatchLogsExports'],
  good: includes('postgresql'),
  whenAbsent: { good: NO, means: text('no log leaves the cluster', 'ログは外部に送られません') },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Engine'), ['aurora-postgresql'], NO),
    otherwise: text('the cluster is not Aurora PostgreSQL', 'Aurora PostgreSQL のクラスターではありません'),
  },
  remedy: {
    summary: text(
      'Add postgresql to EnableCloudwatchLogsExports',
      'EnableCloudwatchLogsExports に postgresql を加える',
    ),
    adds: ['postgresql'],
  },
});
