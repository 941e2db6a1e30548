import type { Hole } from '../../model/value.ts';
import { type PartialString, sameHole, splitPartial } from '../partial.ts';
import { agree, NO, type Truth, UNKNOWN, YES } from '../truth.ts';
import { matchPartial } from './partial-match.ts';
import {
  compileText,
  lacksValue,
  type TextMatcher,
  type TextMatcherOptions,
  type VariableSource,
} from './text-matcher.ts';
import { isHole, isVariable, MANY, type Token } from './tokens.ts';

/** `arn:partition:service:region:account:resource`. */
export const ARN_SEGMENTS = 6;

/** An ARN of a request, cut into its six segments once; no segments when it is none (`*`) or too open. */
export interface ArnText {
  readonly text: PartialString;
  readonly segments: readonly PartialString[] | undefined;
}

/**
 * Cuts an ARN. A hole that stands among the first five segments is taken to be free of colons, because
 * its author wrote it in the place of one segment.
 */
export function arnText(text: PartialString): ArnText {
  if (typeof text === 'string') return { text, segments: splitArn(text) };
  const first = text.parts[0];
  if (typeof first !== 'string' || !first.startsWith('arn:')) return { text, segments: undefined };
  const segments = splitPartial(text, ':', ARN_SEGMENTS);
  return { text, segments: segments.length === ARN_SEGMENTS ? segments : undefined };
}

/** The six segments of a known ARN, or undefined when the text is none. */
export function splitArn(text: string): readonly string[] | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const segments: string[] = [];
  let from = 0;
  for (let index = 0; index < ARN_SEGMENTS - 1; index += 1) {
    const colon = text.indexOf(':', from);
    if (colon < 0) return undefined;
    segments.push(text.slice(from, colon));
    from = colon + 1;
  }
  segments.push(text.slice(from));
  return segments;
}

export type ArnMatcher = (arn: ArnText, source: VariableSource) => Truth;

/**
 * Compiles an ARN pattern. Each of the six segments is compared on its own, so that a wildcard in the
 * first five never crosses a colon; segments that are left out at the end are `*` (IAM completes short
 * ARNs so); the service is compared without regard to case. `*` alone matches everything.
 */
export function compileArn(tokens: readonly Token[], options: TextMatcherOptions): ArnMatcher {
  const matches = compileResolved(tokens, options);
  if (!tokens.some(isVariable)) return matches;
  return (arn, source) => {
    const lacking = lacksValue(tokens, source);
    if (lacking === YES) return options.whenUnresolved;
    const truth = matches(arn, source);
    return lacking === NO ? truth : agree(truth, options.whenUnresolved);
  };
}

function compileResolved(tokens: readonly Token[], options: TextMatcherOptions): ArnMatcher {
  if (tokens.length === 1 && tokens[0] === MANY) return () => YES;
  const segments = segmentsOf(tokens);
  const uncut = compileUncut(tokens, options);
  if (segments === undefined) return (arn, source) => uncut(arn.text, source);
  const matchers = segments.map((segment, index) =>
    isAny(segment) ? undefined : compileText(segment, { ...options, ignoreCase: index === 2 }),
  );
  const order = [5, 2, 4, 3, 1, 0].filter((index) => matchers[index] !== undefined);
  const checks = order.map((index) => ({ index, matches: matchers[index] as TextMatcher }));
  return (arn, source) => {
    if (arn.segments === undefined) return uncut(arn.text, source);
    let truth: Truth = YES;
    for (const { index, matches } of checks) {
      const each = matches(arn.segments[index] as PartialString, source);
      if (each === NO) return NO;
      if (each < truth) truth = each;
    }
    return truth;
  };
}

/**
 * Compares without segments. A known text that is no ARN (`*`) matches as a whole. Where holes hide the
 * segments, a wildcard may be kept from crossing a colon or not: what cannot match even loosely (short
 * patterns completed, no case) cannot match, and what matches without crossing a colon surely matches.
 */
function compileUncut(tokens: readonly Token[], options: TextMatcherOptions): TextMatcher {
  const exact = compileText(tokens, options);
  const open = tokens.some(isHole);
  const loosely = [tokens, [...tokens, ':', MANY]].map((each) =>
    compileText(each, { ...options, ignoreCase: true }),
  );
  return (text, source) => {
    if (typeof text === 'string' && !open) return exact(text, source);
    if (loosely.every((matches) => matches(text, source) === NO)) return NO;
    if (tokens.some(isVariable) || exact(text, source) !== YES) return UNKNOWN;
    const [pattern, rest] = behindSameArn(tokens, text);
    return agree(matchPartial(pattern, rest, { wildcardsCrossColons: pattern !== tokens }), YES);
  };
}

/** When both begin with the same whole ARN (an `Arn` attribute), only the rest is left to compare. */
function behindSameArn(
  tokens: readonly Token[],
  text: PartialString,
): readonly [readonly Token[], PartialString] {
  const wanted = tokens[0];
  const given = typeof text === 'string' ? undefined : text.parts[0];
  if (typeof text === 'string' || typeof wanted !== 'object' || !isHole(wanted)) return [tokens, text];
  if (typeof given !== 'object' || !isArnAttribute(given) || !sameHole(given, wanted)) {
    return [tokens, text];
  }
  return [tokens.slice(1), { parts: text.parts.slice(1) }];
}

function isArnAttribute(hole: Hole): boolean {
  return hole.type === 'reference' && (hole.attribute?.endsWith('Arn') ?? false);
}

function isAny(segment: readonly Token[]): boolean {
  return segment.length === 1 && segment[0] === MANY;
}

/** The tokens of each segment, or undefined when the pattern does not begin as an ARN in plain text. */
function segmentsOf(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const first = tokens[0];
  if (typeof first !== 'string' || !first.startsWith('arn:')) return undefined;
  const segments: Token[][] = [[]];
  for (const token of tokens) {
    if (typeof token !== 'string') {
      segments.at(-1)?.push(token);
      continue;
    }
    let rest = token;
    for (let at = rest.indexOf(':'); at >= 0 && segments.length < ARN_SEGMENTS; at = rest.indexOf(':')) {
      if (at > 0) segments.at(-1)?.push(rest.slice(0, at));
      segments.push([]);
      rest = rest.slice(at + 1);
    }
    if (rest !== '') segments.at(-1)?.push(rest);
  }
  const open = segments.length < ARN_SEGMENTS;
  if (open && segments.some((segment) => segment.some((token) => isHole(token)))) {
    return undefined;
  }
  while (segments.length < ARN_SEGMENTS) segments.push([MANY]);
  return segments.map((segment) => (segment.length === 0 ? [''] : segment));
}
