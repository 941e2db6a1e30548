import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'MQ.1001',
  title: text('Brokers are not publicly accessible', 'ブローカーがパブリックアクセス可能でない'),
  severity: 'high',
  resourceTypes: ['AWS::AmazonMQ::Broker'],
  mappings: {},
  property: ['PubliclyAccessible'],
  good: isFalse,
  whenAbsent: { good: YES, means: text('private by default', '既定で非公開') },
  remedy: {
    summary: text(
      'Set PubliclyAccessible to false (replaces the broker)',
      'PubliclyAccessible を false にする(ブローカーは置換される)',
    ),
    value: false,
  },
});
