import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';
import { OUTSIDE_A_CLUSTER } from './membership.ts';

/** AWS Security Hub controls reference, RDS.9. */
export const definition = propertyControl({
  id: 'RDS.9',
  title: text(
    'Database instances send their logs to CloudWatch Logs',
    'データベースインスタンスのログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-logging-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(4)',
      'AC-3(1)',
      'AC-3(10)',
      'AC-4(26)',
      'AC-6(9)',
      'AU-2(b)',
      'AU-3(a)',
      'AU-3(b)',
      'AU-3(c)',
      'AU-3(d)',
      'AU-3(e)',
      'AU-3(f)',
      'AU-6(3)',
      'AU-6(4)',
      'AU-6(6)',
      'AU-6(9)',
      'AU-8(b)',
      'AU-10',
      'AU-12(1)',
      'AU-12(2)',
      'AU-12(3)',
      'AU-12(4)',
      'AU-12(a)',
      'AU-12(c)',
      'AU-14(3)',
      'AU-14(a)',
      'AU-14(b)',
      'CA-7(b)',
      'CM-5(1)(b)',
      'IA-3(3)(b)',
      'MA-4(1)(a)',
      'PM-14(a)(1)',
      'PM-14(b)',
      'PM-31',
      'SC-7(9)(b)',
      'SI-1(1)(c)',
      'SI-3(8)(b)',
      'SI-4(2)',
      'SI-4(17)',
      'SI-4(20)',
      'SI-7(8)',
      'SI-10(1)(c)',
    ],
  },
  property: ['EnableCloudwatchLogsExports'],
  good: hasItems(1),
  whenAbsent: { good: NO, means: text('no log leaves the instance', 'ログは外部に送られません') },
  onlyIf: OUTSIDE_A_CLUSTER,
  remedy: {
    summary: text(
      'List the logs of the engine in EnableCloudwatchLogsExports',
      'エンジンのログ種別を EnableCloudwatchLogsExports に列挙する',
    ),
    needs: [
      text(
        'the log types that the engine offers (MySQL: audit, error, general, slowquery)',
        'エンジンが提供するログ種別(MySQLなら audit・error・general・slowquery)',
      ),
    ],
  },
});
