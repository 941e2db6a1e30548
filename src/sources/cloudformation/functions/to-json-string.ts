import type { Scalar } from '../../../kernel/document.ts';
import { known, type Part, type UnknownReason, type Value } from '../../../model/value.ts';
import { expressionOf } from '../expression.ts';
import { undecidedCall } from '../invalid.ts';
import type { Intrinsic } from '../scope.ts';
import { textValue } from '../text-value.ts';

/** `Fn::ToJsonString` (AWS::LanguageExtensions): a list or map written as JSON. */
export const toJsonString: Intrinsic = {
  name: 'Fn::ToJsonString',
  evaluate(call) {
    const value = call.scope.evaluate(call.argument);
    const writer: Writer = { parts: [], why: undefined };
    if (!write(value, writer)) return undecidedCall(call, 'condition');
    if (!writer.why) return known(writer.parts.join(''), call.span);
    return textValue(writer.parts, writer.why, expressionOf(call.scope.file, call.node), call.span);
  },
};

interface Writer {
  readonly parts: Part[];
  why: UnknownReason | undefined;
}

/** Writes a value; false when a choice in it keeps the text from being one string. */
function write(value: Value, writer: Writer): boolean {
  switch (value.kind) {
    case 'known':
      writer.parts.push(JSON.stringify(value.value satisfies Scalar));
      return true;
    case 'unknown':
      writer.why ??= value.why;
      writer.parts.push(
        '"',
        ...(value.parts ?? [{ type: 'other', expression: value.expression } as const]),
        '"',
      );
      return true;
    case 'list':
      return between(writer, '[', ']', value.items, (item) => write(item, writer));
    case 'map':
      return between(writer, '{', '}', [...value.entries], ([key, entry]) => {
        writer.parts.push(`${JSON.stringify(key)}:`);
        return write(entry, writer);
      });
    case 'absent':
      writer.parts.push('null');
      return true;
    case 'oneOf':
      return false;
  }
}

function between<T>(
  writer: Writer,
  open: string,
  close: string,
  items: readonly T[],
  writeItem: (item: T) => boolean,
): boolean {
  writer.parts.push(open);
  for (const [index, item] of items.entries()) {
    if (index > 0) writer.parts.push(',');
    if (!writeItem(item)) return false;
  }
  writer.parts.push(close);
  return true;
}
