import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, EC2.23. */
export const definition = propertyControl({
  id: 'EC2.23',
  title: text(
    'Transit gateways do not accept attachments by themselves',
    'Transit Gateway が共有アタッチメントを自動承諾しない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::EC2::TransitGateway'],
  configRule: 'ec2-transit-gateway-auto-vpc-attach-disabled',
  mappings: {},
  property: ['AutoAcceptSharedAttachments'],
  good: oneOf('disable'),
  whenAbsent: { good: YES, means: text('off by default', '既定で無効') },
  remedy: {
    summary: text(
      'Set AutoAcceptSharedAttachments to disable',
      'AutoAcceptSharedAttachments を disable にする',
    ),
    value: 'disable',
  },
});
