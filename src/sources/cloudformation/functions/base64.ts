import { known, type Part, unknown } from '../../../model/value.ts';
import { expressionOf } from '../expression.ts';
import { undecidedCall } from '../invalid.ts';
import type { Intrinsic } from '../scope.ts';

/** `Fn::Base64`. Of a string that is only partly known, the references remain and the text does not. */
export const base64: Intrinsic = {
  name: 'Fn::Base64',
  evaluate(call) {
    const value = call.scope.evaluate(call.argument);
    if (value.kind === 'known') {
      return known(Buffer.from(String(value.value ?? ''), 'utf8').toString('base64'), call.span);
    }
    if (value.kind !== 'unknown') return undecidedCall(call, 'condition');
    const holes = (value.parts ?? []).filter(
      (part): part is Exclude<Part, string> => typeof part === 'object',
    );
    return unknown(expressionOf(call.scope.file, call.node), value.why, call.span, holes);
  },
};
