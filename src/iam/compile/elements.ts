import type { ElementList, Statement } from '../language/policy.ts';
import { type ArnText, compileArn } from '../match/arn.ts';
import { compileText, type TextMatcher, type VariableSource } from '../match/text-matcher.ts';
import { tokensOf } from '../match/tokens.ts';
import type { PartialString } from '../partial.ts';
import { NO, not, type Truth, UNKNOWN, YES } from '../truth.ts';

/**
 * What a text with an unresolved variable answers. It must not grant: in an Allow the element does not
 * match even when it is negated, in a Deny a negated element stays in force.
 */
export function unresolvedAnswer(negated: boolean, effect: Statement['effect']): Truth {
  return negated && effect === 'Allow' ? YES : NO;
}

/** Compiles `Action` or `NotAction`: answers about `service:action` in lower case. */
export function compileActions(list: ElementList): (action: string) => Truth {
  const items = list.items.map(({ text, maybe }) => {
    const tokens = tokensOf(text, { wildcards: true, variables: false });
    return { matches: compileText(tokens, { whenUnresolved: NO, ignoreCase: true }), maybe };
  });
  return (action) => {
    const listed = anyText(items, action);
    return list.negated ? not(listed) : listed;
  };
}

function anyText(items: readonly { matches: TextMatcher; maybe: boolean }[], text: PartialString): Truth {
  let answer: Truth = NO;
  for (const { matches, maybe } of items) {
    const each = matches(text, NO_VARIABLES);
    if (each === YES && !maybe) return YES;
    if (each !== NO) answer = UNKNOWN;
  }
  return answer;
}

const NO_VARIABLES: VariableSource = { variable: () => undefined };

export type ResourceMatcher = (resource: ArnText, source: VariableSource) => Truth;

/** Compiles `Resource` or `NotResource`. */
export function compileResources(list: ElementList, statement: Statement): ResourceMatcher {
  const whenUnresolved = unresolvedAnswer(list.negated, statement.effect);
  const rules = { wildcards: true, variables: statement.variables };
  const items = list.items.map(({ text, maybe }) => ({
    matches: compileArn(tokensOf(text, rules), { whenUnresolved }),
    maybe,
  }));
  const only = items.length === 1 && !items[0]?.maybe && !list.negated ? items[0]?.matches : undefined;
  if (only !== undefined) return only;
  return (resource, source) => {
    let listed: Truth = NO;
    for (const { matches, maybe } of items) {
      const each = matches(resource, source);
      if (each === YES && !maybe) {
        listed = YES;
        break;
      }
      if (each !== NO) listed = UNKNOWN;
    }
    return list.negated ? not(listed) : listed;
  };
}
