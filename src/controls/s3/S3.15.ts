import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, S3.15. */
export const definition = propertyControl({
  id: 'S3.15',
  title: text('Buckets can hold objects that nobody may delete', 'バケットのオブジェクトロックが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-bucket-default-lock-enabled',
  mappings: {},
  property: ['ObjectLockEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text(
      'Set ObjectLockEnabled to true with a default retention',
      'ObjectLockEnabled を true にし、既定の保持期間を定める',
    ),
    value: true,
  },
});
