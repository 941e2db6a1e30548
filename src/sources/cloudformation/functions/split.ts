import { stringOf } from '../../../kernel/document.ts';
import { type Hole, known, list, unknown, type Value } from '../../../model/value.ts';
import { overChoices } from '../choices.ts';
import { expressionOf } from '../expression.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic, IntrinsicCall } from '../scope.ts';
import { showParts } from '../text-value.ts';

/** `Fn::Split`: a string cut at a delimiter. */
export const split: Intrinsic = {
  name: 'Fn::Split',
  evaluate(call) {
    const { argument, scope } = call;
    const [first, second] = argument.kind === 'list' ? argument.items : [];
    const delimiter = stringOf(first);
    if (!delimiter || !second) {
      return invalid(call, takes('Fn::Split', 'a delimiter and a string', '区切り文字と文字列'));
    }
    return (
      overChoices([scope.evaluate(second)], call.span, ([value]) => pieces(call, delimiter, value)) ??
      undecidedCall(call, 'condition')
    );
  },
};

function pieces(call: IntrinsicCall, delimiter: string, value: Value | undefined): Value {
  if (value?.kind === 'known') {
    const items = String(value.value ?? '').split(delimiter);
    return list(
      items.map((item) => known(item, call.span)),
      call.span,
    );
  }
  if (value?.kind !== 'unknown') {
    return invalid(call, takes('Fn::Split', 'a delimiter and a string', '区切り文字と文字列'));
  }
  return unknown(expressionOf(call.scope.file, call.node), value.why, call.span, [holeOf(delimiter, value)]);
}

/** The pieces of a string that is not known: what it refers to stays known. */
function holeOf(delimiter: string, value: Value & { kind: 'unknown' }): Hole {
  const shown = showParts(value.parts ?? []);
  const expression = `split(${delimiter}, ${shown || value.expression})`;
  const references = (value.parts ?? []).filter(
    (part): part is Hole => typeof part === 'object' && part.resource !== undefined,
  );
  const [only] = references;
  if (references.length !== 1 || only?.resource === undefined) return { type: 'other', expression };
  return { type: 'other', expression, resource: only.resource, attribute: only.attribute ?? 'Ref' };
}
