import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';

/** AWS Security Hub controls reference, CloudWatch.15. */
export const definition = propertyControl({
  id: 'CloudWatch.15',
  title: text('Alarms tell somebody', 'アラームに通知先がある'),
  severity: 'high',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  configRule: 'cloudwatch-alarm-action-check',
  mappings: {
    'nist-800-53-r5': [
      'AU-6(1)',
      'AU-6(5)',
      'AU-12(3)',
      'AU-14a',
      'AU-14b',
      'CA-2(2)',
      'CA-7',
      'CA-7b',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-36(1)(a)',
      'SI-2a',
      'SI-4(12)',
      'SI-5(1)',
      'SI-5b',
    ],
  },
  property: ['AlarmActions'],
  good: hasItems(1),
  whenAbsent: { good: NO, means: text('nobody is told', '誰にも通知されません') },
  remedy: {
    summary: text('List a topic in AlarmActions', 'AlarmActions にトピックを指定する'),
    needs: [text('an SNS topic with a subscriber', '購読者のいるSNSトピック')],
  },
});
