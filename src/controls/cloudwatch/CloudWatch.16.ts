import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast, atMost, both } from '../questions.ts';

/** AWS Security Hub controls reference, CloudWatch.16 (at least 365 days; CloudWatch Logs takes no more than ten years); without a retention the events never expire. */
export const definition = propertyControl({
  id: 'CloudWatch.16',
  title: text('Log groups are kept for a year', 'ロググループを1年以上保持する'),
  severity: 'medium',
  resourceTypes: ['AWS::Logs::LogGroup'],
  configRule: 'cw-loggroup-retention-period-check',
  mappings: {
    'nist-800-53-r5': [
      'AC-16b',
      'AT-4b',
      'AU-6(3)',
      'AU-6(4)',
      'AU-6(6)',
      'AU-6(9)',
      'AU-10',
      'AU-11',
      'AU-11(1)',
      'AU-12(1)',
      'AU-12(2)',
      'AU-12(3)',
      'AU-14a',
      'AU-14b',
      'CA-7b',
      'PM-14a.1',
      'PM-14b',
      'PM-21b',
      'PM-31',
      'SC-28(2)',
      'SI-4(17)',
      'SI-12',
    ],
    'pci-dss-3.2.1': ['3.1', '10.7'],
  },
  property: ['RetentionInDays'],
  good: both(atLeast(365), atMost(3653)),
  whenAbsent: { good: YES, means: text('events never expire', '失効しません') },
  remedy: {
    summary: text('Keep the log for 365 days or more', 'ログを365日以上保持する'),
    value: 365,
  },
});
