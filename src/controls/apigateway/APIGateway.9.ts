import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { accessLog } from './questions.ts';

/** AWS Security Hub controls reference, APIGateway.9. */
export const definition = propertyControl({
  id: 'APIGateway.9',
  title: text(
    'HTTP and WebSocket API stages log requests',
    'HTTP・WebSocket APIステージのアクセスログが有効',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGatewayV2::Stage'],
  configRule: 'api-gwv2-access-logs-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-4(26)',
      'AU-2',
      'AU-3',
      'AU-6(3)',
      'AU-6(4)',
      'AU-10',
      'AU-12',
      'CA-7',
      'SC-7(9)',
      'SI-7(8)',
    ],
  },
  property: ['AccessLogSettings'],
  good: accessLog,
  says: {
    pass: text('requests are logged', 'リクエストが記録されます'),
    fail: text(
      'the log has no destination, or no format that API Gateway takes',
      'ログの送り先か、有効な形式がありません',
    ),
  },
  remedy: {
    summary: text(
      'Set a log group and a format in AccessLogSettings',
      'AccessLogSettings にロググループと形式を指定する',
    ),
    needs: [text('a log group', 'ロググループ')],
  },
});
