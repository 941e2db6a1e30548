import { type DocumentNode, stringOf } from '../../../kernel/document.ts';
import type { Part, UnknownReason, Value } from '../../../model/value.ts';
import { overChoices } from '../choices.ts';
import { expressionOf } from '../expression.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic, IntrinsicCall } from '../scope.ts';
import { partsOf, textValue } from '../text-value.ts';

/** `Fn::Sub`: a string with `${Name}`, `${Resource.Attribute}` and `${!Literal}`, with or without a map of names. */
export const sub: Intrinsic = {
  name: 'Fn::Sub',
  evaluate(call) {
    const { argument } = call;
    const [first, second] = argument.kind === 'list' ? argument.items : [argument, undefined];
    const pattern = stringOf(first);
    if (pattern === undefined || (second && second.kind !== 'map')) {
      return invalid(
        call,
        takes('Fn::Sub', 'a string, or a list of a string and a map', '文字列、または文字列とマップのリスト'),
      );
    }
    return substitute(call, pattern, second);
  },
};

function substitute(call: IntrinsicCall, pattern: string, names: DocumentNode | undefined): Value {
  const given = new Map(
    names?.kind === 'map' ? names.entries.map((entry) => [entry.key, entry.value] as const) : [],
  );
  const pieces = piecesOf(pattern);
  const values = pieces.flatMap((piece) =>
    typeof piece === 'string' ? [] : [valueOfName(call, piece.name, given)],
  );
  const expression = expressionOf(call.scope.file, call.node);
  const result = overChoices(values, call.span, (chosen) => {
    const queue = [...chosen];
    const parts: Part[] = [];
    let why: UnknownReason = 'function';
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        parts.push(piece);
        continue;
      }
      const value = queue.shift();
      if (value?.kind === 'unknown' && why === 'function') why = value.why;
      parts.push(...((value && partsOf(value)) ?? [{ type: 'other', expression: piece.name } as const]));
    }
    return textValue(parts, why, expression, call.span);
  });
  return result ?? undecidedCall(call, 'condition');
}

function valueOfName(call: IntrinsicCall, name: string, given: ReadonlyMap<string, DocumentNode>): Value {
  const node = given.get(name);
  if (node) return call.scope.evaluate(node);
  const dot = name.indexOf('.');
  if (dot < 0) return call.scope.reference(name, call.span);
  return call.scope.attribute(name.slice(0, dot), name.slice(dot + 1), call.span);
}

interface NamePiece {
  readonly name: string;
}

/** Literal text and names of a `Fn::Sub` string; `${!X}` is the text `${X}`. */
function piecesOf(pattern: string): readonly (string | NamePiece)[] {
  const pieces: (string | NamePiece)[] = [];
  let at = 0;
  for (;;) {
    const open = pattern.indexOf('${', at);
    const close = open < 0 ? -1 : pattern.indexOf('}', open);
    if (open < 0 || close < 0) {
      pieces.push(pattern.slice(at));
      return pieces;
    }
    const name = pattern.slice(open + 2, close).trim();
    pieces.push(pattern.slice(at, open));
    if (name.startsWith('!')) pieces.push(`\${${name.slice(1)}}`);
    else pieces.push(name === '' ? pattern.slice(open, close + 1) : { name });
    at = close + 1;
  }
}
