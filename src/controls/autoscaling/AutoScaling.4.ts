import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atMost } from '../questions.ts';

/** AWS Security Hub controls reference, AutoScaling.4. */
export const definition = propertyControl({
  id: 'AutoScaling.4',
  title: text('Instance metadata stays within one hop', 'インスタンスメタデータが1ホップを超えて届かない'),
  severity: 'high',
  resourceTypes: ['AWS::AutoScaling::LaunchConfiguration'],
  configRule: 'autoscaling-launch-config-hop-limit',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  property: ['MetadataOptions', 'HttpPutResponseHopLimit'],
  good: atMost(1),
  whenAbsent: { good: YES, means: text('one hop by default', '既定は1ホップ') },
  remedy: {
    summary: text('Set HttpPutResponseHopLimit to 1', 'HttpPutResponseHopLimit を1にする'),
    value: 1,
  },
});
