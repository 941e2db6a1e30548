import type { Span } from '../../kernel/source-file.ts';
import { type Hole, known, type Part, type UnknownReason, unknown, type Value } from '../../model/value.ts';

/** The parts of a string, when a value can be (part of) one: literal text and typed holes. */
export function partsOf(value: Value): readonly Part[] | undefined {
  if (value.kind === 'known') return [value.value === null ? '' : String(value.value)];
  if (value.kind !== 'unknown') return undefined;
  return value.parts ?? [{ type: 'other', expression: value.expression }];
}

/** A string of literal text and holes: known when it has no hole. Without an expression its parts are shown. */
export function textValue(parts: readonly Part[], why: UnknownReason, expression: string, span: Span): Value {
  const merged = dynamicReferences(mergeLiterals(parts));
  if (merged.length === 0) return known('', span);
  const [only] = merged;
  if (merged.length === 1 && typeof only === 'string') return known(only, span);
  const dynamic = merged.some((part) => typeof part === 'object' && part.expression.startsWith(RESOLVE));
  return unknown(expression || showParts(merged), dynamic ? 'dynamic-reference' : why, span, merged);
}

/** A string with its holes, for what no author wrote in one piece. */
export function showParts(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : `\${${part.expression}}`)).join('');
}

function mergeLiterals(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    if (part === '') continue;
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged;
}

const RESOLVE = '{{resolve:';

/**
 * Turns each dynamic reference (`{{resolve:secretsmanager:…}}`, "Get values stored in other services
 * using dynamic references") into one hole; a secret's resource named inside it stays with the hole.
 */
function dynamicReferences(parts: readonly Part[]): readonly Part[] {
  if (!parts.some((part) => typeof part === 'string' && part.includes(RESOLVE))) return parts;
  const out: Part[] = [];
  let open: Part[] | undefined;
  for (const part of parts) {
    let rest: Part | undefined = part;
    while (rest !== undefined && rest !== '') {
      if (typeof rest !== 'string') {
        (open ?? out).push(rest);
        break;
      }
      const [before, after] = cut(rest, open);
      if (open) {
        open.push(before);
        if (after === undefined) break;
        out.push(holeOf(open));
        open = undefined;
      } else {
        out.push(before);
        if (after === undefined) break;
        open = [RESOLVE];
      }
      rest = after;
    }
  }
  if (open) out.push(...open);
  return mergeLiterals(out);
}

/** Splits text where a dynamic reference ends (when one is open) or begins. */
function cut(text: string, open: readonly Part[] | undefined): readonly [string, string | undefined] {
  const mark = open ? '}}' : RESOLVE;
  const at = text.indexOf(mark);
  if (at < 0) return [text, undefined];
  const end = at + mark.length;
  return open ? [text.slice(0, end), text.slice(end)] : [text.slice(0, at), text.slice(end)];
}

function holeOf(parts: readonly Part[]): Hole {
  const expression = showParts(parts);
  const reference = parts.find((part) => typeof part === 'object' && part.resource !== undefined);
  if (typeof reference !== 'object' || reference.resource === undefined) return { type: 'other', expression };
  return {
    type: 'other',
    expression,
    resource: reference.resource,
    attribute: reference.attribute ?? 'Ref',
  };
}
