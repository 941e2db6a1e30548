import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, MSK.1. */
export const definition = propertyControl({
  id: 'MSK.1',
  title: text('Brokers of Kafka clusters talk by TLS', 'Kafkaクラスターのブローカー間通信が暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::MSK::Cluster'],
  configRule: 'msk-in-cluster-node-require-tls',
  mappings: {},
  property: ['EncryptionInfo', 'EncryptionInTransit', 'InCluster'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set InCluster to true', 'InCluster を true にする'),
    value: true,
  },
});
