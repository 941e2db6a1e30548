import { type Answer, any, undecided, YES } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../model/value.ts';
import { property, stringsOf } from './values.ts';

/** A statement of an IAM or resource policy, with what is known of it. */
export interface Statement {
  /** Whether it is there: undecided below a condition. */
  readonly present: Answer;
  readonly effect: string | undefined;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly actionValues: readonly Value[];
  readonly resources: Value;
  readonly principal: Value;
  readonly condition: Value;
  readonly at: Value;
}

/** The statements of a policy document; one below an undecided condition is there perhaps. */
export function statementsOf(document: Value): readonly Statement[] {
  return itemsOf(get(document, 'Statement')).flatMap((item) =>
    item.kind === 'oneOf'
      ? item.options
          .filter((option) => option.kind !== 'absent')
          .map((option) => statementFrom(option, undecided(item)))
      : [statementFrom(item, YES)],
  );
}

function statementFrom(at: Value, present: Answer): Statement {
  return {
    present,
    effect: stringFrom(get(at, 'Effect')),
    actions: stringsOf(get(at, 'Action')),
    notActions: stringsOf(get(at, 'NotAction')),
    actionValues: itemsOf(get(at, 'Action')),
    resources: get(at, 'Resource'),
    principal: get(at, 'Principal'),
    condition: get(at, 'Condition'),
    at,
  };
}

/** The inline policy documents of a role, user or group. */
export function inlineDocuments(holder: Resource): readonly Value[] {
  return itemsOf(property(holder, 'Policies')).map((policy) => get(policy, 'PolicyDocument'));
}

/** Whether a statement names everybody as its principal. */
export function namesEverybody(principal: Value): boolean {
  return stringsOf(principal).includes('*') || stringsOf(get(principal, 'AWS')).includes('*');
}

/** Whether an action pattern of IAM (`s3:*`, `s3:Get*`) covers an action. Case does not matter. */
export function covers(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** Linear matching of `*` and `?`, without regular expressions built from foreign text. */
function matches(pattern: string, subject: string): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let mark = 0;
  while (s < subject.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = s;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === subject[s])) {
      p++;
      s++;
    } else if (star >= 0) {
      p = star + 1;
      s = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether some statement that fits is surely there, perhaps there, or not. */
export function someStatement(
  statements: readonly Statement[],
  fits: (statement: Statement) => boolean,
): Answer {
  return any(statements.filter(fits).map(({ present }) => present));
}
