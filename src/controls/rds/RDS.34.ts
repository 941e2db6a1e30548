import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { includes } from '../questions.ts';

/** AWS Security Hub controls reference, RDS.34. */
export const definition = propertyControl({
  id: 'RDS.34',
  title: text(
    'Aurora MySQL clusters send their audit log to CloudWatch Logs',
    'Aurora MySQL クラスターの監査ログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-aurora-mysql-audit-logging-enabled',
  mappings: {},
  property: ['EnableCloudwatchLogsExports'],
  good: includes('audit'),
  whenAbsent: { good: NO, means: text('no log leaves the cluster', 'ログは外部に送られません') },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Engine'), ['aurora', 'aurora-mysql'], NO),
    otherwise: text('the cluster is not Aurora MySQL', 'Aurora MySQL のクラスターではありません'),
  },
  remedy: {
    summary: text(
      'Add audit to EnableCloudwatchLogsExports',
      'EnableCloudwatchLogsExports に audit を加える',
    ),
    adds: ['audit'],
  },
});
