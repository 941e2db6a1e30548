import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Config managed rule lambda-concurrency-check, which no AWS control uses. */
export const definition = propertyControl({
  id: 'Lambda.1002',
  title: text('Functions have a limit on how many run at once', 'Lambda関数の同時実行数に上限がある'),
  severity: 'low',
  resourceTypes: ['AWS::Lambda::Function'],
  configRule: 'lambda-concurrency-check',
  mappings: {
    'nist-800-53-r5': [
      'AU-12(3)',
      'AU-14a',
      'AU-14b',
      'CA-7',
      'CA-7b',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-6',
    ],
  },
  property: ['ReservedConcurrentExecutions'],
  good: isSet,
  whenAbsent: { good: NO, means: text(`the account's whole limit`, 'アカウント全体の上限まで動きます') },
  remedy: {
    summary: text(
      'Set ReservedConcurrentExecutions, so that a flood costs no more than you allow',
      'ReservedConcurrentExecutions で上限を定め、大量呼び出し時の費用を抑える',
    ),
    value: 50,
  },
});
