import { type Answer, not } from '../model/answer.ts';
import type { Value } from '../model/value.ts';
import { askText } from './text-of.ts';

/** Whether a key is one's own: named, and not one of the keys `aws/…` that each service makes for itself. */
export function ownKey(value: Value, whenAbsent: Answer): Answer {
  if (value.kind === 'absent') return whenAbsent;
  if (value.kind === 'oneOf' && value.options.some((option) => option.kind === 'absent')) {
    return { is: 'unknown', undecided: [value] };
  }
  if (value.kind === 'unknown') return { is: 'yes' };
  return not(askText(value, (name) => /(^|:)alias\/aws\//.test(name)));
}
