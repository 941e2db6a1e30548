import type { Hole } from '../../model/value.ts';
import { type PartialString, partsOf } from '../partial.ts';

/** `*` matches any run of characters, `?` exactly one. */
export interface Wildcard {
  readonly wildcard: 'many' | 'one';
}

/** `${key}` or `${key, 'fallback'}`: text that the request supplies. */
export interface Variable {
  /** The context key in lower case. */
  readonly variable: string;
  /** The key as it was written. */
  readonly written: string;
  readonly fallback?: string;
}

/** A piece of a pattern: literal text, a wildcard, a policy variable, or a hole of a template. */
export type Token = string | Wildcard | Variable | Hole;

export const MANY: Wildcard = { wildcard: 'many' };
export const ONE: Wildcard = { wildcard: 'one' };

export interface TokenRules {
  /** Whether `*` and `?` are wildcards here. */
  readonly wildcards: boolean;
  /** Whether `${…}` is a variable here (language version 2012-10-17). */
  readonly variables: boolean;
}

/**
 * Reads the tokens of a policy string. `${*}`, `${?}` and `${$}` are the characters themselves; a `${`
 * that never closes is literal text (IAM User Guide, "IAM policy elements: Variables and tags").
 */
export function tokensOf(text: PartialString, rules: TokenRules): readonly Token[] {
  const tokens: Token[] = [];
  for (const part of partsOf(text)) {
    if (typeof part === 'string') readLiteral(part, rules, tokens);
    else tokens.push(part);
  }
  return tokens.length === 0 ? [''] : tokens;
}

export function isWildcard(token: Token): token is Wildcard {
  return typeof token === 'object' && 'wildcard' in token;
}

export function isVariable(token: Token): token is Variable {
  return typeof token === 'object' && 'variable' in token;
}

export function isHole(token: Token): token is Hole {
  return typeof token === 'object' && 'expression' in token;
}

function readLiteral(text: string, rules: TokenRules, into: Token[]): void {
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const character = text[at];
    if (rules.wildcards && (character === '*' || character === '?')) {
      pushLiteral(into, text.slice(from, at));
      pushWildcard(into, character === '*' ? MANY : ONE);
      at += 1;
      from = at;
    } else if (rules.variables && character === '$' && text[at + 1] === '{') {
      const end = text.indexOf('}', at + 2);
      if (end < 0) break;
      pushLiteral(into, text.slice(from, at));
      pushVariable(into, text.slice(at + 2, end));
      at = end + 1;
      from = at;
    } else {
      at += 1;
    }
  }
  pushLiteral(into, text.slice(from));
}

function pushLiteral(into: Token[], text: string): void {
  if (text === '') return;
  const last = into.at(-1);
  if (typeof last === 'string') into[into.length - 1] = last + text;
  else into.push(text);
}

function pushWildcard(into: Token[], wildcard: Wildcard): void {
  if (wildcard === MANY && into.at(-1) === MANY) return;
  into.push(wildcard);
}

function pushVariable(into: Token[], body: string): void {
  if (body === '*' || body === '?' || body === '$') {
    pushLiteral(into, body);
    return;
  }
  const comma = body.indexOf(',');
  const written = (comma < 0 ? body : body.slice(0, comma)).trim();
  const fallback = comma < 0 ? undefined : unquote(body.slice(comma + 1).trim());
  const variable = written.toLowerCase();
  into.push(fallback === undefined ? { variable, written } : { variable, written, fallback });
}

function unquote(text: string): string | undefined {
  return text.length >= 2 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : undefined;
}
