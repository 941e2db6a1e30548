import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { includes } from '../questions.ts';

/** AWS Security Hub controls reference, Neptune.2. */
export const definition = propertyControl({
  id: 'Neptune.2',
  title: text(
    'Neptune clusters send their audit log to CloudWatch Logs',
    'Neptuneクラスターの監査ログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  configRule: 'neptune-cluster-cloudwatch-log-export-enabled',
  mappings: {},
  property: ['EnableCloudwatchLogsExports'],
  good: includes('audit'),
  remedy: {
    summary: text(
      'Add audit to EnableCloudwatchLogsExports',
      'EnableCloudwatchLogsExports に audit を加える',
    ),
    adds: ['audit'],
  },
});
