import { createHash } from 'node:crypto';
import { InputError } from '../../../kernel/errors.ts';
import { known, type Part, type Value } from '../../../model/value.ts';
import { rememberStructure, structureOf } from '../evaluate/json-text.ts';
import { byKey } from '../evaluate/loops.ts';
import { respan, valueFromParts, withoutText } from '../evaluate/values.ts';
import { jsonValue } from '../json/json-value.ts';
import {
  type CallContext,
  notDecided,
  ofStrings,
  RefusedArguments,
  type TerraformFunction,
  textOf,
} from './function.ts';

/** Terraform's encoding and hash functions ("Encoding Functions", "Hash and Crypto Functions"). */
export const ENCODING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  base64decode: ofStrings((value = '') => Buffer.from(value, 'base64').toString('utf8')),
  base64encode: ([value], call) => {
    if (value?.kind === 'unknown') return respan(withoutText(value), call.span);
    return known(Buffer.from(textOf(value) ?? '', 'utf8').toString('base64'), call.span);
  },
  base64sha256: hashing('sha256', 'base64'),
  base64sha512: hashing('sha512', 'base64'),
  jsondecode: ([value], call) => (value && structureOf(value)) ?? decodeJson(textOf(value), call),
  jsonencode: ([value], call) => {
    const parts = value && jsonParts(value);
    if (!value || !parts) return notDecided(call);
    return rememberStructure(valueFromParts(parts, 'after-deployment', call.span), value);
  },
  md5: hashing('md5', 'hex'),
  sha1: hashing('sha1', 'hex'),
  sha256: hashing('sha256', 'hex'),
  sha512: hashing('sha512', 'hex'),
  urlencode: ofStrings((value = '') =>
    encodeURIComponent(value)
      .replace(/[!'()*]/g, percentEncoded)
      .replaceAll('%20', '+'),
  ),
};

function hashing(algorithm: string, encoding: 'hex' | 'base64'): TerraformFunction {
  return ofStrings((value = '') => createHash(algorithm).update(value, 'utf8').digest(encoding));
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function decodeJson(json: string | undefined, call: CallContext): Value {
  if (json === undefined) return notDecided(call);
  try {
    return jsonValue(json, call.span);
  } catch (error) {
    if (error instanceof InputError) throw new RefusedArguments();
    throw error;
  }
}

/** JSON as `jsonencode` writes it (sorted keys, `<`, `>` and `&` escaped), with gaps inside its strings. */
function jsonParts(value: Value): readonly Part[] | undefined {
  switch (value.kind) {
    case 'known':
      return [encoded(JSON.stringify(value.value))];
    case 'unknown':
      return [
        '"',
        ...(value.parts ?? [{ type: 'other' as const, expression: value.expression }]).map(inString),
        '"',
      ];
    case 'list':
      return sequence('[', value.items.map(jsonParts), ']');
    case 'map':
      return sequence(
        '{',
        [...value.entries].sort(byKey).map(([key, entry]) => entryParts(key, entry)),
        '}',
      );
    default:
      return undefined;
  }
}

function inString(part: Part): Part {
  return typeof part === 'string' ? encoded(JSON.stringify(part)).slice(1, -1) : part;
}

function entryParts(key: string, entry: Value): readonly Part[] | undefined {
  const parts = jsonParts(entry);
  return parts && [`${encoded(JSON.stringify(key))}:`, ...parts];
}

function sequence(
  open: string,
  entries: readonly (readonly Part[] | undefined)[],
  close: string,
): readonly Part[] | undefined {
  const parts: Part[] = [open];
  for (const [index, entry] of entries.entries()) {
    if (!entry) return undefined;
    if (index > 0) parts.push(',');
    parts.push(...entry);
  }
  parts.push(close);
  return parts;
}

function encoded(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}
