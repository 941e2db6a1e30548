import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, DynamoDB.7. */
export const definition = propertyControl({
  id: 'DynamoDB.7',
  title: text('DAX clusters are reached by TLS', 'DAXクラスターへの通信がTLSで暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::DAX::Cluster'],
  configRule: 'dax-tls-endpoint-encryption',
  mappings: {},
  property: ['ClusterEndpointEncryptionType'],
  good: oneOf('TLS'),
  whenAbsent: { good: NO, means: text('no encryption', '暗号化なし') },
  remedy: {
    summary: text(
      'Set ClusterEndpointEncryptionType to TLS (replaces the cluster)',
      'ClusterEndpointEncryptionType を TLS にする(クラスターは置換される)',
    ),
    value: 'TLS',
  },
});
