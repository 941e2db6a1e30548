import { text } from '../../kernel/texts.ts';
import { isOneOf, isTrue, NO, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, MQ.2. */
export const definition = propertyControl({
  id: 'MQ.2',
  title: text('Brokers keep an audit log', 'ブローカーの監査ログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  configRule: 'mq-cloudwatch-audit-log-enabled',
  mappings: {},
  property: ['Logs', 'Audit'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  onlyIf: {
    holds: (resource) => not(isOneOf(get(resource.properties, 'EngineType'), ['RABBITMQ', 'RabbitMQ'], NO)),
    otherwise: text('RabbitMQ has no audit log', 'RabbitMQには監査ログがありません'),
  },
  remedy: {
    summary: text('Set Logs.Audit to true', 'Logs.Audit を true にする'),
    value: true,
  },
});
