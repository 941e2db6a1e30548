import { stringOf } from '../../../kernel/document.ts';
import { undecided } from '../../../model/answer.ts';
import { invalid, takes } from '../invalid.ts';
import type { ConditionFunction } from '../scope.ts';

/** `Condition`: another condition of the template. */
export const condition: ConditionFunction = {
  name: 'Condition',
  decide(call) {
    const name = stringOf(call.argument);
    if (name !== undefined) return call.scope.condition(name, call.span);
    return undecided(invalid(call, takes('Condition', "a condition's name", '条件名')));
  },
};
