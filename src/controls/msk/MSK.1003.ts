import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'MSK.1003',
  title: text(
    'Kafka clusters are encrypted with a key of your own',
    'Kafkaクラスターが自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::MSK::Cluster'],
  mappings: {},
  property: ['EncryptionInfo', 'EncryptionAtRest', 'DataVolumeKMSKeyId'],
  good: present,
  whenAbsent: { good: NO, means: text(`a key of AWS's own`, 'AWSが管理する鍵') },
  remedy: {
    summary: text(
      'Name a key of your own (replaces the cluster)',
      '自分で管理するKMSキーを指定する(クラスターは置換される)',
    ),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
