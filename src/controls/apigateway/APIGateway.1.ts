import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { logsExecutions } from './questions.ts';

/** AWS Security Hub controls reference, APIGateway.1. */
export const definition = propertyControl({
  id: 'APIGateway.1',
  title: text('REST API stages log executions', 'REST APIステージの実行ログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGateway::Stage'],
  configRule: 'api-gw-execution-logging-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-4(26)',
      'AU-2b',
      'AU-3a',
      'AU-3b',
      'AU-3c',
      'AU-3d',
      'AU-3e',
      'AU-3f',
      'AU-6(3)',
      'AU-6(4)',
      'AU-6(6)',
      'AU-6(9)',
      'AU-8b',
      'AU-10',
      'AU-12(1)',
      'AU-12(2)',
      'AU-12(3)',
      'AU-12(4)',
      'AU-12a',
      'AU-12c',
      'AU-14(3)',
      'AU-14a',
      'AU-14b',
      'CA-7b',
      'CM-5(1)(b)',
      'IA-3(3)(b)',
      'MA-4(1)(a)',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-7(9)(b)',
      'SI-4(17)',
      'SI-7(8)',
    ],
    'pci-dss-3.2.1': ['10.1', '10.3.1', '10.3.2', '10.3.3', '10.3.4', '10.3.5', '10.3.6', '10.5.4'],
  },
  property: ['MethodSettings'],
  good: logsExecutions,
  whenAbsent: { good: NO, means: text('OFF by default', '既定は OFF') },
  says: {
    pass: text('executions are logged', '実行ログが記録されます'),
    fail: text('executions are not logged', '実行ログが記録されません'),
  },
  remedy: {
    summary: text(
      'Set LoggingLevel to ERROR or INFO for all methods',
      '全メソッドの LoggingLevel を ERROR または INFO にする',
    ),
    value: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR' }],
  },
});
