import { text } from '../../kernel/texts.ts';
import { resourcePolicyControl } from '../resource-policy.ts';

/** AWS Security Hub controls reference, SNS.4. */
export const definition = resourcePolicyControl({
  id: 'SNS.4',
  title: text('Topics are not open to everybody', 'トピックが誰にでも開かれていない'),
  severity: 'high',

  mappings: {},
  type: 'AWS::SNS::Topic',

  apart: { type: 'AWS::SNS::TopicPolicy', names: 'Topics', document: 'PolicyDocument' },
});
