import { all, undecided } from '../../../model/answer.ts';
import { invalid, takes } from '../invalid.ts';
import type { ConditionFunction } from '../scope.ts';

/** `Fn::And`: every one of the conditions holds. */
export const and: ConditionFunction = {
  name: 'Fn::And',
  decide(call) {
    if (call.argument.kind === 'list') return all(call.argument.items.map((item) => call.scope.decide(item)));
    return undecided(invalid(call, takes('Fn::And', 'a list of conditions', '条件のリスト')));
  },
};
