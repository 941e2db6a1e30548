import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'MQ.1002',
  title: text('Brokers keep a general log', 'ブローカーの一般ログが有効'),
  severity: 'low',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  mappings: {},
  property: ['Logs', 'General'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set Logs.General to true', 'Logs.General を true にする'),
    value: true,
  },
});
