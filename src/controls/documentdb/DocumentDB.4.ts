import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { includes } from '../questions.ts';

/** AWS Security Hub controls reference, DocumentDB.4. */
export const definition = propertyControl({
  id: 'DocumentDB.4',
  title: text(
    'DocumentDB clusters send their audit log to CloudWatch Logs',
    'DocumentDBクラスターの監査ログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  configRule: 'docdb-cluster-audit-logging-enabled',
  mappings: {},
  property: ['EnableCloudwatchLogsExports'],
  good: includes('audit'),
  remedy: {
    summary: text(
      'Add audit to EnableCloudwatchLogsExports',
      'EnableCloudwatchLogsExports に audit を加える',
    ),
    adds: ['audit', 'profiler'],
  },
});
