import { stringFrom, unknown } from '../../../model/value.ts';
import { expressionOf } from '../expression.ts';
import type { Intrinsic } from '../scope.ts';

/**
 * `Fn::GetAZs`: the zones of a region. Which zones an account sees is not known before deployment; each
 * index stands for one zone, so `Fn::Select` gives a zone hole that is the same wherever it is written.
 */
export const getAZs: Intrinsic = {
  name: 'Fn::GetAZs',
  evaluate(call) {
    const region = stringFrom(call.scope.evaluate(call.argument));
    const expression = region ? `Fn::GetAZs(${region})` : 'Fn::GetAZs';
    return unknown(expressionOf(call.scope.file, call.node), 'pseudo-parameter', call.span, [
      { type: 'zone', expression },
    ]);
  },
};
