import { type Answer, all, not } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { allows, someStatement, someString } from './policy-statements.ts';

/** Whether no statement of a document allows all actions of a service, or all there are. */
export function namesActions(document: Value, whenAbsent: Answer): Answer {
  if (document.kind === 'absent') return whenAbsent;
  return not(
    someStatement(document, (statement) =>
      all([
        allows(statement),
        someString(get(statement, 'Action'), (action) => action === '*' || action.endsWith(':*')),
      ]),
    ),
  );
}
