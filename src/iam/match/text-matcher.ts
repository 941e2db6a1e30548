import { openText, type PartialString } from '../partial.ts';
import { agree, NO, type Truth, UNKNOWN, YES } from '../truth.ts';
import { compileGlob, matchGlob } from './glob.ts';
import { matchPartial } from './partial-match.ts';
import { isHole, isVariable, MANY, type Token } from './tokens.ts';

/** Where policy variables get their text from: the request. */
export interface VariableSource {
  /**
   * The one value of a context key; undefined when the key is absent or has several values (which a
   * variable cannot take); `maybe` when it is not known whether the key is there.
   */
  variable(key: string): PartialString | undefined | 'maybe';
}

/** Answers whether a text of the request is what a policy string means. */
export type TextMatcher = (text: PartialString, source: VariableSource) => Truth;

export interface TextMatcherOptions {
  /** The answer when a variable has no value: an element with such a variable must not grant anything. */
  readonly whenUnresolved: Truth;
  readonly ignoreCase?: boolean;
}

/** Compiles the tokens of a policy string once; the common cases take no detour through holes. */
export function compileText(tokens: readonly Token[], options: TextMatcherOptions): TextMatcher {
  const folded = options.ignoreCase ? tokens.map(foldToken) : tokens;
  const matcher = folded.some(isVariable)
    ? withVariables(folded, options)
    : folded.some(isHole)
      ? (text: PartialString) => matchPartial(folded, text)
      : withoutVariables(folded);
  return options.ignoreCase ? (text, source) => matcher(foldText(text), source) : matcher;
}

function withoutVariables(tokens: readonly Token[]): TextMatcher {
  const first = tokens[0];
  if (tokens.length === 1 && first === MANY) return () => YES;
  if (tokens.length === 1 && typeof first === 'string') {
    return (text) => (typeof text === 'string' ? (text === first ? YES : NO) : matchPartial(tokens, text));
  }
  const glob = compileGlob(tokens);
  return (text) =>
    typeof text === 'string' ? (matchGlob(glob, text) ? YES : NO) : matchPartial(tokens, text);
}

function withVariables(tokens: readonly Token[], options: TextMatcherOptions): TextMatcher {
  return (text, source) => {
    const resolved = resolve(tokens, source, options.ignoreCase ?? false);
    if (resolved === undefined) return options.whenUnresolved;
    const truth = matchResolved(resolved.tokens, text);
    return resolved.maybeAbsent ? agree(truth, options.whenUnresolved) : truth;
  };
}

function matchResolved(tokens: readonly Token[], text: PartialString): Truth {
  if (typeof text !== 'string' || tokens.some(isHole)) return matchPartial(tokens, text);
  return matchGlob(compileGlob(tokens), text) ? YES : NO;
}

/** Puts the request's text in the place of variables; wildcards in that text are plain characters. */
function resolve(
  tokens: readonly Token[],
  source: VariableSource,
  ignoreCase: boolean,
): { readonly tokens: readonly Token[]; readonly maybeAbsent: boolean } | undefined {
  const resolved: Token[] = [];
  let maybeAbsent = false;
  for (const token of tokens) {
    if (typeof token === 'string' || !isVariable(token)) {
      resolved.push(token);
      continue;
    }
    const found = source.variable(token.variable);
    if (found === 'maybe') maybeAbsent ||= token.fallback === undefined;
    const value = found === 'maybe' ? openText(`\${${token.written}}`) : (found ?? token.fallback);
    if (value === undefined) return undefined;
    const text = ignoreCase ? foldText(value) : value;
    if (typeof text === 'string') resolved.push(text);
    else resolved.push(...text.parts);
  }
  return { tokens: resolved, maybeAbsent };
}

/** Whether some variable of a pattern has no value: surely, perhaps, or not. */
export function lacksValue(tokens: readonly Token[], source: VariableSource): Truth {
  let answer: Truth = NO;
  for (const token of tokens) {
    if (typeof token === 'string' || !isVariable(token) || token.fallback !== undefined) continue;
    const found = source.variable(token.variable);
    if (found === undefined) return YES;
    if (found === 'maybe') answer = UNKNOWN;
  }
  return answer;
}

function foldToken(token: Token): Token {
  return typeof token === 'string' ? token.toLowerCase() : token;
}

function foldText(text: PartialString): PartialString {
  if (typeof text === 'string') return text.toLowerCase();
  return { parts: text.parts.map((part) => (typeof part === 'string' ? part.toLowerCase() : part)) };
}
