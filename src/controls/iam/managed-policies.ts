import { type Answer, everyItem, not } from '../../model/answer.ts';
import type { Value } from '../../model/value.ts';
import { askText } from '../text-of.ts';

const ELEVATED = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];

/** Whether none of AWS's managed policies for administrators is attached. */
export function noElevated(arns: Value, whenAbsent: Answer): Answer {
  if (arns.kind === 'absent') return whenAbsent;
  return everyItem(arns, (arn) =>
    not(askText(arn, (text) => ELEVATED.some((name) => text.endsWith(`:aws:policy/${name}`)))),
  );
}
