import { stringOf } from '../../../kernel/document.ts';
import { invalid, takes } from '../invalid.ts';
import type { Intrinsic } from '../scope.ts';

/** `Ref`: a parameter's value, a pseudo parameter, or what identifies a resource. */
export const ref: Intrinsic = {
  name: 'Ref',
  evaluate(call) {
    const name = stringOf(call.argument);
    if (name === undefined) return invalid(call, takes('Ref', 'a name', '名前'));
    return call.scope.reference(name, call.span);
  },
};
