import { type Answer, answer, NO, undecided, YES } from '../../model/answer.ts';
import type { Value } from '../../model/value.ts';

/**
 * Whether a password is kept outside the template. A parameter is undecided: whoever deploys types it, and
 * a default in the template would be in the clear.
 */
export function keptElsewhere(password: Value, whenAbsent: Answer): Answer {
  switch (password.kind) {
    case 'absent':
      return whenAbsent;
    case 'known':
      return NO;
    case 'unknown':
      return password.why === 'dynamic-reference' ? YES : undecided(password);
    case 'oneOf': {
      const answers = password.options.map((option) => keptElsewhere(option, whenAbsent).is);
      return answers.every((each) => each === answers[0]) && answers[0] !== 'unknown'
        ? answer(answers[0] === 'yes')
        : undecided(password);
    }
    default:
      return NO;
  }
}
