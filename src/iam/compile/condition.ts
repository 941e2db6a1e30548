import { type ConditionOperator, parseOperator } from '../conditions/operator.ts';
import { compileValue, type ValueMatcher } from '../conditions/value-matcher.ts';
import type { Condition, Statement } from '../language/policy.ts';
import type { PartialString } from '../partial.ts';
import type { ContextEntry, PreparedRequest } from '../request.ts';
import { agree, and, NO, not, or, type Truth, truthOf, UNKNOWN, YES } from '../truth.ts';
import { unresolvedAnswer } from './elements.ts';

/** A condition ready to be asked about a request. */
export interface CompiledCondition {
  readonly source: Condition;
  /** The context key in lower case. */
  readonly key: string;
  holds(request: PreparedRequest): Truth;
}

/**
 * Compiles one operator with one key. An operator that is not known fails closed: an Allow does not
 * match and a Deny is not weakened.
 */
export function compileCondition(condition: Condition, statement: Statement): CompiledCondition {
  const key = condition.key.toLowerCase();
  const operator = parseOperator(condition.operator);
  if (operator === undefined) {
    const answer = truthOf(statement.effect === 'Deny');
    return { source: condition, key, holds: () => answer };
  }
  const { comparison } = operator;
  if (comparison.family === 'null') return { source: condition, key, holds: nullCheck(condition, key) };
  const options = {
    variables: statement.variables,
    whenMeaningless: unresolvedAnswer(operator.negated, statement.effect),
  };
  const values = condition.values.map(({ text, maybe }) => {
    const matches = compileValue(comparison, text, options);
    return maybe ? capped(matches) : matches;
  });
  return { source: condition, key, holds: comparer(key, operator, anyOf(values)) };
}

function capped(matches: ValueMatcher): ValueMatcher {
  return (value, source) => and(matches(value, source), UNKNOWN);
}

function anyOf(matchers: readonly ValueMatcher[]): ValueMatcher {
  const only = matchers.length === 1 ? matchers[0] : undefined;
  if (only !== undefined) return only;
  return (value, source) => {
    let answer: Truth = NO;
    for (const matches of matchers) {
      const each = matches(value, source);
      if (each === YES) return YES;
      if (each > answer) answer = each;
    }
    return answer;
  };
}

function comparer(
  key: string,
  operator: ConditionOperator,
  matches: ValueMatcher,
): (request: PreparedRequest) => Truth {
  const missing = whenMissing(operator);
  return (request) => {
    const entry = request.entry(key);
    if (entry === undefined) return missing;
    const found = compareValues(operator, entry, matches, request);
    return entry.present === YES ? found : agree(found, missing);
  };
}

/** What a condition says about a request without the key. */
export function whenMissing(operator: ConditionOperator): Truth {
  if (operator.ifExists || operator.qualifier === 'ForAllValues') return YES;
  if (operator.qualifier === 'ForAnyValue') return NO;
  return truthOf(operator.negated);
}

/**
 * Without a qualifier a negated operator holds when none of the request's values is listed, another when
 * some value is. `ForAllValues` also holds for a key whose only value is empty ("Single-valued vs.
 * multivalued context keys").
 */
function compareValues(
  operator: ConditionOperator,
  entry: ContextEntry,
  matches: ValueMatcher,
  request: PreparedRequest,
): Truth {
  const { qualifier, negated } = operator;
  const { values } = entry;
  const everyOne = qualifier === 'ForAllValues' || (qualifier === undefined && negated);
  let answer: Truth = everyOne ? YES : NO;
  for (const value of values) {
    const listed = matches(value, request);
    const each = negated ? not(listed) : listed;
    answer = everyOne ? and(answer, each) : or(answer, each);
  }
  if (qualifier !== 'ForAllValues' || values.length !== 1) return answer;
  return or(answer, emptiness(values[0]));
}

function emptiness(value: PartialString | undefined): Truth {
  if (typeof value === 'string') return truthOf(value === '');
  return value?.parts.some((part) => typeof part === 'string') ? NO : UNKNOWN;
}

/** `Null`: "true" asks that the key is absent, "false" that it is there. */
function nullCheck(condition: Condition, key: string): (request: PreparedRequest) => Truth {
  return (request) => {
    const entry = request.entry(key);
    const absent = entry === undefined ? YES : not(entry.present);
    let answer: Truth = NO;
    for (const { text, maybe } of condition.values) {
      const each = typeof text === 'string' ? wanted(text, absent) : UNKNOWN;
      answer = or(answer, maybe ? and(each, UNKNOWN) : each);
    }
    return answer;
  };
}

function wanted(text: string, absent: Truth): Truth {
  const word = text.toLowerCase();
  if (word === 'true') return absent;
  return word === 'false' ? not(absent) : NO;
}
