import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { accessLog } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'APIGateway.1002',
  title: text('REST API stages log requests', 'REST APIステージのアクセスログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGateway::Stage'],
  mappings: {},
  property: ['AccessLogSetting'],
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
      'Set a log group and a format in AccessLogSetting',
      'AccessLogSetting にロググループと形式を指定する',
    ),
    needs: [text('a log group', 'ロググループ')],
  },
});
