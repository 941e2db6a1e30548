import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { keepsBrokerLogs } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'MSK.1002',
  title: text('Brokers keep a log', 'Kafkaブローカーのログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::MSK::Cluster'],
  mappings: {},
  property: ['LoggingInfo', 'BrokerLogs'],
  good: keepsBrokerLogs,
  whenAbsent: { good: NO, means: text('off', '無効') },
  says: {
    pass: text('broker logs have a destination', 'ブローカーログの送り先があります'),
    fail: text('no destination of the broker logs is on', '有効なブローカーログの送り先がありません'),
  },
  remedy: {
    summary: text(
      'Send the broker logs to CloudWatch Logs, S3 or Firehose',
      'ブローカーログを CloudWatch Logs・S3・Firehose のいずれかに送る',
    ),
    needs: [text('where the log goes', 'ログの送り先')],
  },
});
