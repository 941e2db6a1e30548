import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, CloudWatch.17. */
export const definition = propertyControl({
  id: 'CloudWatch.17',
  title: text('Alarm actions are switched on', 'アラームのアクションが有効'),
  severity: 'high',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  configRule: 'cloudwatch-alarm-action-enabled-check',
  mappings: { 'nist-800-53-r5': ['AU-6(1)', 'AU-6(5)', 'CA-7', 'SI-2', 'SI-4(12)'] },
  property: ['ActionsEnabled'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set ActionsEnabled to true', 'ActionsEnabled を true にする'),
    value: true,
  },
});
