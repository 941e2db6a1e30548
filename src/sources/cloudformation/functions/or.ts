import { any, undecided } from '../../../model/answer.ts';
import { invalid, takes } from '../invalid.ts';
import type { ConditionFunction } from '../scope.ts';

/** `Fn::Or`: at least one of the conditions holds. */
export const or: ConditionFunction = {
  name: 'Fn::Or',
  decide(call) {
    if (call.argument.kind === 'list') return any(call.argument.items.map((item) => call.scope.decide(item)));
    return undecided(invalid(call, takes('Fn::Or', 'a list of conditions', '条件のリスト')));
  },
};
