import { not as negate, undecided } from '../../../model/answer.ts';
import { invalid, takes } from '../invalid.ts';
import type { ConditionFunction } from '../scope.ts';

/** `Fn::Not`: the condition does not hold. */
export const not: ConditionFunction = {
  name: 'Fn::Not',
  decide(call) {
    const [only, ...more] = call.argument.kind === 'list' ? call.argument.items : [];
    if (only && more.length === 0) return negate(call.scope.decide(only));
    return undecided(invalid(call, takes('Fn::Not', 'a list of one condition', '条件1つのリスト')));
  },
};
