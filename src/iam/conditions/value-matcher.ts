import { arnText, compileArn } from '../match/arn.ts';
import { compileText, type VariableSource } from '../match/text-matcher.ts';
import { tokensOf } from '../match/tokens.ts';
import type { PartialString } from '../partial.ts';
import { NO, type Truth, truthOf, UNKNOWN } from '../truth.ts';
import { parseDate } from './date.ts';
import { contains, parseRange } from './ip.ts';
import { inOrder, parseNumber } from './number.ts';
import type { Comparison, Order } from './operator.ts';

/** Compares one value of the request with one value of the policy. */
export type ValueMatcher = (value: PartialString, source: VariableSource) => Truth;

export interface ValueMatcherOptions {
  /** Whether the policy's language version knows variables. */
  readonly variables: boolean;
  /**
   * The answer when the policy's value means nothing: a variable without a value, a number that is none.
   * The compiler chooses it so that such a value never grants anything.
   */
  readonly whenMeaningless: Truth;
}

/**
 * Compiles one value of a policy for its operator. `Null` is not compared by value and has no matcher.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export function compileValue(
  comparison: Exclude<Comparison, { family: 'null' }>,
  value: PartialString,
  options: ValueMatcherOptions,
): ValueMatcher {
  switch (comparison.family) {
    case 'string': {
      const tokens = tokensOf(value, { wildcards: comparison.wildcards, variables: options.variables });
      return compileText(tokens, {
        whenUnresolved: options.whenMeaningless,
        ignoreCase: comparison.ignoreCase,
      });
    }
    case 'arn':
      return arnValue(value, options);
    case 'numeric':
      return parsedValue(value, parseNumber, ordered(comparison.order), options);
    case 'date':
      return parsedValue(value, parseDate, ordered(comparison.order), options);
    case 'bool':
      return parsedValue(value, parseBool, same, options);
    case 'binary':
      return parsedValue(value, parseBinary, same, options);
    case 'ip':
      return parsedValue(value, parseRange, (given, wanted) => contains(wanted, given), options);
    default:
      return () => NO;
  }
}

/** ARN operators compare ARNs: a text of the request that is none matches no pattern. */
function arnValue(value: PartialString, options: ValueMatcherOptions): ValueMatcher {
  const matches = compileArn(tokensOf(value, { wildcards: true, variables: options.variables }), {
    whenUnresolved: options.whenMeaningless,
  });
  return (text, source) => {
    const arn = arnText(text);
    if (arn.segments === undefined) {
      if (typeof text === 'string') return NO;
      return matches(arn, source) === NO ? NO : UNKNOWN;
    }
    return matches(arn, source);
  };
}

/** Values that must be understood before they are compared; with a hole they are not. */
function parsedValue<T>(
  written: PartialString,
  parse: (text: string) => T | undefined,
  compare: (given: T, wanted: T) => boolean,
  options: ValueMatcherOptions,
): ValueMatcher {
  if (typeof written !== 'string') return () => UNKNOWN;
  const wanted = parse(written);
  if (wanted === undefined) return () => options.whenMeaningless;
  return (text) => {
    if (typeof text !== 'string') return UNKNOWN;
    const given = parse(text);
    return truthOf(given !== undefined && compare(given, wanted));
  };
}

function ordered(order: Order): (given: number | bigint, wanted: number | bigint) => boolean {
  return (given, wanted) => inOrder(given, order, wanted);
}

function same<T>(given: T, wanted: T): boolean {
  return given === wanted;
}

function parseBool(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Base64 without its padding, which writers leave out or not. */
function parseBinary(text: string): string | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? text.replace(/=+$/, '') : undefined;
}
