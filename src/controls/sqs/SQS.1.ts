import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { encryption } from './encryption.ts';

/** AWS Security Hub controls reference, SQS.1 (SSE-SQS or SSE-KMS); CloudFormation template reference, AWS::SQS::Queue. */
export const definition = propertyControl({
  id: 'SQS.1',
  title: text('Queues are encrypted', 'キューが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::SQS::Queue'],
  configRule: 'sqs-queue-encrypted',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-7(10)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'] },
  property: ['SqsManagedSseEnabled'],
  read: (resource) => encryption(resource),
  good: isTrue,
  whenAbsent: { good: YES, means: text('SSE-SQS by default', '既定で SSE-SQS') },
  remedy: {
    summary: text(
      'Set SqsManagedSseEnabled to true or name a KMS key',
      'SqsManagedSseEnabled を true にするか、KMSキーを指定する',
    ),
    value: true,
  },
});
