import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Redshift.1001',
  title: text(
    'Redshift clusters are encrypted with a key of your own',
    'Redshiftクラスターが自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::Redshift::Cluster'],
  mappings: {},
  property: ['KmsKeyId'],
  good: present,
  whenAbsent: { good: NO, means: text(`a key of AWS's own`, 'AWSが管理する鍵') },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
