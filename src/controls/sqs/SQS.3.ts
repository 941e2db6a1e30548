import { text } from '../../kernel/texts.ts';
import { resourcePolicyControl } from '../resource-policy.ts';

/** AWS Security Hub controls reference, SQS.3. */
export const definition = resourcePolicyControl({
  id: 'SQS.3',
  title: text('Queues are not open to everybody', 'キューが誰にでも開かれていない'),
  severity: 'critical',
  configRule: 'sqs-queue-no-public-access',
  mappings: {},
  type: 'AWS::SQS::Queue',

  apart: { type: 'AWS::SQS::QueuePolicy', names: 'Queues', document: 'PolicyDocument' },
});
