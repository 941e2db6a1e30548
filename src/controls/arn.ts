import { type Answer, ask, NO, YES } from '../model/answer.ts';
import { stringFrom, type Value } from '../model/value.ts';

/** Whether something is named by an ARN: a reference or an undecided string is, `[]` or a bare word is not. */
export function isArn(value: Value): Answer {
  if (value.kind === 'unknown') return YES;
  return ask(value, (each) => stringFrom(each)?.startsWith('arn:') === true, NO);
}
