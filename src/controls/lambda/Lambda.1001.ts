import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Config managed rule lambda-dlq-check, which no AWS control uses. */
export const definition = propertyControl({
  id: 'Lambda.1001',
  title: text('Failed events of functions are kept', 'Lambda関数のデッドレターキューがある'),
  severity: 'low',
  resourceTypes: ['AWS::Lambda::Function'],
  configRule: 'lambda-dlq-check',
  mappings: {
    'nist-800-53-r5': [
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
    ],
  },
  property: ['DeadLetterConfig', 'TargetArn'],
  good: isSet,
  whenAbsent: { good: NO, means: text('events that fail are lost', '失敗したイベントは失われます') },
  remedy: {
    summary: text('Name a queue in DeadLetterConfig', 'DeadLetterConfig にキューを指定する'),
    needs: [text('a queue', 'キュー')],
  },
});
