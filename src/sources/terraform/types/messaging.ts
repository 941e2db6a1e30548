import { json, tags } from '../translate/fields.ts';
import { type } from '../translate/type-mapping.ts';
import { derivePolicy } from './derived-policies.ts';

const ARN_IS_REF = { arn: 'Ref', id: 'Ref' };

export const MESSAGING_TYPES = [
  type(
    'aws_sns_topic',
    'AWS::SNS::Topic',
    {
      name: 'TopicName',
      kms_master_key_id: 'KmsMasterKeyId',
      fifo_topic: 'FifoTopic',
      signature_version: 'SignatureVersion',
      tags: tags(),
    },
    {
      attributes: { ...ARN_IS_REF, name: 'TopicName' },
      derive: derivePolicy('policy', 'AWS::SNS::TopicPolicy', 'Topics', true),
    },
  ),
  type('aws_sns_topic_policy', 'AWS::SNS::TopicPolicy', {
    arn: (value, target) => target.append('Topics', value),
    policy: json('PolicyDocument'),
  }),
  type('aws_sns_topic_subscription', 'AWS::SNS::Subscription', {
    topic_arn: 'TopicArn',
    protocol: 'Protocol',
    endpoint: 'Endpoint',
  }),
  type(
    'aws_sqs_queue',
    'AWS::SQS::Queue',
    {
      name: 'QueueName',
      kms_master_key_id: 'KmsMasterKeyId',
      sqs_managed_sse_enabled: 'SqsManagedSseEnabled',
      redrive_policy: json('RedrivePolicy'),
      visibility_timeout_seconds: 'VisibilityTimeout',
      message_retention_seconds: 'MessageRetentionPeriod',
      fifo_queue: 'FifoQueue',
      tags: tags(),
    },
    {
      attributes: { url: 'Ref', name: 'QueueName' },
      derive: derivePolicy('policy', 'AWS::SQS::QueuePolicy', 'Queues', true),
    },
  ),
  type('aws_sqs_queue_policy', 'AWS::SQS::QueuePolicy', {
    queue_url: (value, target) => target.append('Queues', value),
    policy: json('PolicyDocument'),
  }),
];
