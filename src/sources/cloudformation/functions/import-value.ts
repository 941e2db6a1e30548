import { unknown } from '../../../model/value.ts';
import { expressionOf } from '../expression.ts';
import type { Intrinsic } from '../scope.ts';

/** `Fn::ImportValue`: what another stack of the same environment exports, or unknown. */
export const importValue: Intrinsic = {
  name: 'Fn::ImportValue',
  evaluate(call) {
    const { scope, span } = call;
    const name = scope.evaluate(call.argument);
    const found = scope.imported(name);
    if (found) return found;
    const expression = expressionOf(scope.file, call.node);
    return unknown(expression, 'import', span, [{ type: 'other', expression }]);
  },
};
