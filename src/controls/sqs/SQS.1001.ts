import { text } from '../../kernel/texts.ts';
import { ownKey } from '../own-key.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'SQS.1001',
  title: text('Queues are encrypted with a key of your own', 'キューが自分のKMSキーで暗号化されている'),
  severity: 'low',
  resourceTypes: ['AWS::SQS::Queue'],
  mappings: {},
  property: ['KmsMasterKeyId'],
  good: ownKey,
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
