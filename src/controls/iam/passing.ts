import { type Answer, all, any, isSet, not } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { actionMatches, allows, someString } from './policy-statements.ts';

/** Whether a statement lets its holder pass any role to any service. */
export function passesAnyRole(statement: Value): Answer {
  return all([
    allows(statement),
    someString(get(statement, 'Action'), (pattern) => actionMatches(pattern, 'iam:PassRole')),
    someString(
      get(statement, 'Resource'),
      (arn) => arn === '*' || /^arn:aws[\w-]*:iam::[^:]*:role\/\*$/.test(arn),
    ),
    not(isSet(get(statement, 'Condition'))),
  ]);
}

/** Whether a statement allows by exclusion. */
export function allowsAllBut(statement: Value): Answer {
  return all([
    allows(statement),
    any([isSet(get(statement, 'NotAction')), isSet(get(statement, 'NotResource'))]),
  ]);
}
