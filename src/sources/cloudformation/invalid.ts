import { type Text, text } from '../../kernel/texts.ts';
import { type UnknownValue, unknown } from '../../model/value.ts';
import { expressionOf } from './expression.ts';
import { note } from './note.ts';
import type { IntrinsicCall } from './scope.ts';

/** Notes that a function is used wrongly and gives an unknown value for it. */
export function invalid(call: IntrinsicCall, reason: Text, remedy?: Text): UnknownValue {
  const { file } = call.scope;
  call.scope.report(
    note('input', { file, at: call.node, what: call.name, reason, ...(remedy ? { remedy } : {}) }),
  );
  return unknown(expressionOf(file, call.node), 'invalid', call.span);
}

/** The usual complaint: what a function takes. */
export function takes(name: string, en: string, ja: string): Text {
  return text(`${name} takes ${en}`, `${name} の引数は${ja}です`);
}

/** An unknown value for a call whose result cannot be told. */
export function undecidedCall(call: IntrinsicCall, because: UnknownValue['why']): UnknownValue {
  return unknown(expressionOf(call.scope.file, call.node), because, call.span);
}
