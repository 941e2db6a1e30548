import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';

/** AWS Security Hub controls reference, RDS.6. */
export const definition = propertyControl({
  id: 'RDS.6',
  title: text(
    'Database instances send operating system metrics',
    'データベースインスタンスの拡張モニタリングが有効',
  ),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-enhanced-monitoring-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AU-12(3)',
      'AU-14a',
      'AU-14b',
      'CA-2(2)',
      'CA-7',
      'CA-7b',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-36(1)(a)',
      'SI-2a',
    ],
  },
  property: ['MonitoringInterval'],
  good: atLeast(1),
  whenAbsent: { good: NO, means: text('enhanced monitoring is off', '拡張モニタリングは無効') },
  remedy: {
    summary: text(
      'Set MonitoringInterval to 60 seconds with a monitoring role',
      'MonitoringInterval を60秒にし、モニタリング用のロールを付ける',
    ),
    value: 60,
    needs: [text('an IAM role for MonitoringRoleArn', 'MonitoringRoleArn に指定するIAMロール')],
  },
});
