import { text } from '../../kernel/texts.ts';
import { ownKey } from '../own-key.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'SNS.1001',
  title: text('Topics are encrypted with a key of your own', 'トピックが自分のKMSキーで暗号化されている'),
  severity: 'low',
  resourceTypes: ['AWS::SNS::Topic'],
  mappings: {},
  property: ['KmsMasterKeyId'],
  good: ownKey,
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key whose policy lets the publishers use it', '発行元の利用を許可したKMSキー')],
  },
});
