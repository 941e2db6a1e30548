import { stringOf } from '../../../kernel/document.ts';
import { choice } from '../../../model/value.ts';
import { invalid, takes } from '../invalid.ts';
import type { Intrinsic } from '../scope.ts';

/** `Fn::If`: one of two values; both are kept when the condition cannot be decided. */
export const ifFunction: Intrinsic = {
  name: 'Fn::If',
  evaluate(call) {
    const { argument, scope, span } = call;
    const [first, whenTrue, whenFalse] = argument.kind === 'list' ? argument.items : [];
    const name = stringOf(first);
    if (name === undefined || !whenTrue || !whenFalse) {
      return invalid(call, takes('Fn::If', 'a condition and two values', '条件名と2つの値'));
    }
    const answer = scope.condition(name, span);
    if (answer.is === 'yes') return scope.evaluate(whenTrue);
    if (answer.is === 'no') return scope.evaluate(whenFalse);
    return choice(name, [scope.evaluate(whenTrue), scope.evaluate(whenFalse)], span);
  },
};
