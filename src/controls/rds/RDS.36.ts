import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { includes } from '../questions.ts';

/** AWS Security Hub controls reference, RDS.36. */
export const definition = propertyControl({
  id: 'RDS.36',
  title: text(
    'PostgreSQL instances send their log to CloudWatch Logs',
    'PostgreSQL インスタンスのログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-postgresql-logs-to-cloudwatch',
  mappings: {},
  property: ['EnableCloudwatchLogsExports'],
  good: includes('postgresql'),
  whenAbsent: { good: NO, means: text('no log leaves the instance', 'ログは外部に送られません') },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Engine'), ['postgres'], NO),
    otherwise: text('the engine is not PostgreSQL', 'エンジンが PostgreSQL ではありません'),
  },
  remedy: {
    summary: text(
      'Add postgresql to EnableCloudwatchLogsExports',
      'EnableCloudwatchLogsExports に postgresql を加える',
    ),
    adds: ['postgresql'],
  },
});
