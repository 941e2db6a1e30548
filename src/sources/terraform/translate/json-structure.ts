import { InputError } from '../../../kernel/errors.ts';
import {
  choice,
  list,
  map,
  type Part,
  type UnknownReason,
  unknown,
  type Value,
} from '../../../model/value.ts';
import { structureOf } from '../evaluate/json-text.ts';
import { valueFromParts } from '../evaluate/values.ts';
import { jsonValue } from '../json/json-value.ts';

/**
 * The structure inside a JSON string, such as a policy. What a string was encoded from is taken as it
 * was; else the text is parsed, and its gaps become gaps of the strings they stand in. Text that is no
 * JSON, or whose gaps hide its structure, stays one unknown value.
 */
export function jsonStructure(value: Value): Value {
  const remembered = structureOf(value);
  if (remembered) return remembered;
  if (value.kind === 'oneOf') return choice(value.condition, value.options.map(jsonStructure), value.span);
  if (value.kind === 'known' && typeof value.value === 'string') return parsed([value.value], value) ?? value;
  if (value.kind === 'unknown' && value.parts && value.parts.some((part) => typeof part === 'string')) {
    return parsed(value.parts, value) ?? unknown(value.expression, value.why, value.span);
  }
  return value;
}

/** Private-use characters that enclose the number of a gap while the text is parsed. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const MARK = /\ue000(\d+)\ue001/g;

function parsed(parts: readonly Part[], original: Value): Value | undefined {
  const holes: Exclude<Part, string>[] = [];
  let source = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      source += part.replaceAll(OPEN, '').replaceAll(CLOSE, '');
      continue;
    }
    const mark = `${OPEN}${holes.push(part) - 1}${CLOSE}`;
    source += insideString(source) ? mark : `"${mark}"`;
  }
  const why = original.kind === 'unknown' ? original.why : 'after-deployment';
  try {
    return withHoles(jsonValue(source, original.span), holes, why);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function insideString(source: string): boolean {
  let inside = false;
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '"') inside = !inside;
  }
  return inside;
}

function withHoles(value: Value, holes: readonly Exclude<Part, string>[], why: UnknownReason): Value {
  switch (value.kind) {
    case 'known':
      return typeof value.value === 'string' ? filled(value.value, value, holes, why) : value;
    case 'list':
      return list(
        value.items.map((item) => withHoles(item, holes, why)),
        value.span,
      );
    case 'map':
      return map(
        new Map(
          [...value.entries].map(([key, entry]) => [fillKey(key, holes), withHoles(entry, holes, why)]),
        ),
        value.span,
      );
    default:
      return value;
  }
}

function filled(
  text: string,
  value: Value,
  holes: readonly Exclude<Part, string>[],
  why: UnknownReason,
): Value {
  if (!text.includes(OPEN)) return value;
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    const hole = holes[Number(match[1])];
    if (match.index > at) parts.push(text.slice(at, match.index));
    if (hole) parts.push(hole);
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  const made = valueFromParts(parts, why, value.span);
  return made.kind === 'unknown' ? { ...made, expression: shown(parts) } : made;
}

function shown(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : `\${${part.expression}}`)).join('');
}

/** A gap in a key (such as an OIDC provider's host in a condition) is shown as its expression. */
function fillKey(key: string, holes: readonly Exclude<Part, string>[]): string {
  return key.replace(MARK, (_mark, index: string) => `\${${holes[Number(index)]?.expression ?? ''}}`);
}
