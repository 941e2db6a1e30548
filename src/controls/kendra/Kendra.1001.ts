import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Kendra.1001',
  title: text(
    'Search indexes are encrypted with a key of your own',
    'Kendraインデックスが自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::Kendra::Index'],
  mappings: {},
  property: ['ServerSideEncryptionConfiguration', 'KmsKeyId'],
  good: present,
  whenAbsent: { good: NO, means: text(`a key of AWS's own`, 'AWSが管理する鍵') },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
