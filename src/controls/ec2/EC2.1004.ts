import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { ownKey } from '../own-key.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'EC2.1004',
  title: text(
    'Volumes are encrypted with a key of your own',
    'EBSボリュームが自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::EC2::Volume'],
  mappings: {},
  property: ['KmsKeyId'],
  good: ownKey,
  whenAbsent: {
    good: NO,
    means: text('the key aws/ebs or the default of the account', '鍵 aws/ebs またはアカウントの既定の鍵'),
  },
  remedy: {
    summary: text(
      'Name a key of your own (replaces the volume)',
      '自分で管理するKMSキーを指定する(ボリュームは置換される)',
    ),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
