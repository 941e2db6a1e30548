import { known } from '../../../model/value.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic } from '../scope.ts';

/** `Fn::Length` (AWS::LanguageExtensions): the number of items of a list. */
export const length: Intrinsic = {
  name: 'Fn::Length',
  evaluate(call) {
    const value = call.scope.evaluate(call.argument);
    if (value.kind === 'known') return invalid(call, takes('Fn::Length', 'a list', 'リスト'));
    if (value.kind !== 'list' || value.items.some((item) => item.kind === 'oneOf')) {
      return undecidedCall(call, 'function');
    }
    return known(value.items.length, call.span);
  },
};
