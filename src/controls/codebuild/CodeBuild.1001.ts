import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { ownKey } from '../own-key.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'CodeBuild.1001',
  title: text(
    'Build output is encrypted with a key of your own',
    'ビルド成果物が自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::CodeBuild::Project'],
  mappings: {},
  property: ['EncryptionKey'],
  good: ownKey,
  whenAbsent: { good: NO, means: text('the key aws/s3', '鍵 aws/s3') },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
