import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'MSK.1001',
  title: text(
    'Clients reach Kafka clusters by TLS only',
    'クライアントとKafkaクラスターの通信がTLSに限られる',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::MSK::Cluster'],
  mappings: {},
  property: ['EncryptionInfo', 'EncryptionInTransit', 'ClientBroker'],
  good: oneOf('TLS'),
  whenAbsent: { good: YES, means: text('TLS by default', '既定は TLS') },
  remedy: {
    summary: text('Set ClientBroker to TLS', 'ClientBroker を TLS にする'),
    value: 'TLS',
  },
});
