import { stringOf } from '../../../kernel/document.ts';
import type { Part, UnknownReason, Value } from '../../../model/value.ts';
import { overChoices } from '../choices.ts';
import { expressionOf } from '../expression.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic, IntrinsicCall } from '../scope.ts';
import { partsOf, textValue } from '../text-value.ts';

/** `Fn::Join`: the items of a list with a delimiter between them. */
export const join: Intrinsic = {
  name: 'Fn::Join',
  evaluate(call) {
    const { argument, scope } = call;
    const [first, second] = argument.kind === 'list' ? argument.items : [];
    const delimiter = stringOf(first);
    if (delimiter === undefined || !second) {
      return invalid(call, takes('Fn::Join', 'a delimiter and a list', '区切り文字とリスト'));
    }
    const list = scope.evaluate(second);
    const joined = overChoices([list], call.span, ([each]) => joinList(call, delimiter, each));
    return joined ?? undecidedCall(call, 'condition');
  },
};

function joinList(call: IntrinsicCall, delimiter: string, list: Value | undefined): Value {
  const expression = expressionOf(call.scope.file, call.node);
  if (list?.kind === 'unknown') {
    return textValue(partsOf(list) ?? [], list.why, expression, call.span);
  }
  if (list?.kind !== 'list')
    return invalid(call, takes('Fn::Join', 'a delimiter and a list', '区切り文字とリスト'));
  const joined = overChoices(list.items, call.span, (items) => {
    const parts: Part[] = [];
    let why: UnknownReason = 'function';
    for (const item of items.filter((each) => each.kind !== 'absent')) {
      if (parts.length > 0) parts.push(delimiter);
      if (item.kind === 'unknown' && why === 'function') why = item.why;
      parts.push(...(partsOf(item) ?? [{ type: 'other', expression } as const]));
    }
    return textValue(parts, why, expression, call.span);
  });
  return joined ?? undecidedCall(call, 'condition');
}
