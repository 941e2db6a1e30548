import { type Hole, known, numberFrom, unknown, type Value } from '../../../model/value.ts';
import { overChoices } from '../choices.ts';
import { expressionOf } from '../expression.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic, IntrinsicCall } from '../scope.ts';

/** `Fn::Select`: one item of a list by its index. */
export const select: Intrinsic = {
  name: 'Fn::Select',
  evaluate(call) {
    const { argument, scope } = call;
    const [indexNode, listNode] = argument.kind === 'list' ? argument.items : [];
    if (!indexNode || !listNode) return wrong(call);
    const values = [scope.evaluate(indexNode), scope.evaluate(listNode)];
    return (
      overChoices(values, call.span, ([index, list]) => item(call, index, list)) ??
      undecidedCall(call, 'condition')
    );
  },
};

function wrong(call: IntrinsicCall): Value {
  return invalid(call, takes('Fn::Select', 'an index and a list', '番号とリスト'));
}

function item(call: IntrinsicCall, indexValue: Value | undefined, list: Value | undefined): Value {
  if (!indexValue || !list || indexValue.kind === 'list' || indexValue.kind === 'map') return wrong(call);
  const index = numberFrom(indexValue);
  if (index === undefined) return undecidedCall(call, 'function');
  if (list.kind === 'list') return itemOfList(call, index, list.items);
  if (list.kind === 'unknown') {
    const expression = expressionOf(call.scope.file, call.node);
    return unknown(expression, list.why, call.span, [holeAt(index, list)]);
  }
  return wrong(call);
}

function itemOfList(call: IntrinsicCall, index: number, items: readonly Value[]): Value {
  const before = items.slice(0, index + 1);
  if (before.some((each) => each.kind === 'oneOf' && each.options.some(({ kind }) => kind === 'absent'))) {
    return undecidedCall(call, 'condition');
  }
  const chosen = items[index];
  if (!chosen) {
    return invalid(
      call,
      takes(
        'Fn::Select',
        `an index below the list's length (${items.length})`,
        `リストの長さ(${items.length})未満の番号とリスト`,
      ),
    );
  }
  return chosen.kind === 'known' ? known(chosen.value, call.span) : chosen;
}

/** One item of a list that is not known: it keeps what the list is about (a zone of the region, a parameter). */
function holeAt(index: number, list: Value & { kind: 'unknown' }): Hole {
  const [part] = list.parts ?? [];
  if (list.parts?.length !== 1 || typeof part !== 'object') {
    return { type: 'other', expression: `${list.expression}[${index}]` };
  }
  const expression = `${part.expression}[${index}]`;
  if (part.resource === undefined) return { type: part.type, expression };
  return { type: 'other', expression, resource: part.resource, attribute: part.attribute ?? 'Ref' };
}
