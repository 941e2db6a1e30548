import { text } from '../../kernel/texts.ts';
import { isSet } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, S3.11. */
export const definition = propertyControl({
  id: 'S3.11',
  title: text('Buckets send events when objects change', 'バケットのイベント通知が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-event-notifications-enabled',
  mappings: {},
  property: ['NotificationConfiguration'],
  good: isSet,
  remedy: {
    summary: text('Send the events of the bucket to EventBridge', 'バケットのイベントを EventBridge に送る'),
    value: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  },
});
