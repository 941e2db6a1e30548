import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { launchSource } from './launch.ts';

/** AWS Security Hub controls reference, AutoScaling.9. */
export const definition = propertyControl({
  id: 'AutoScaling.9',
  title: text('Auto Scaling groups use launch templates', 'Auto Scaling グループが起動テンプレートを使う'),
  severity: 'medium',
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  configRule: 'autoscaling-launch-template',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  property: ['LaunchTemplate'],
  read: (resource) => launchSource(resource),
  good: isSet,
  whenAbsent: { good: NO, means: text('a launch configuration is used', '起動設定を使用') },
  remedy: {
    summary: text('Move the settings to a launch template', '設定を起動テンプレートに移す'),
  },
});
