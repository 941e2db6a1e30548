import { type Answer, any, not, undecided } from '../../model/answer.ts';
import type { Value } from '../../model/value.ts';
import { isPlainSecret } from '../plain-secrets.ts';

/** Whether no variable gets a value under a name that says it is a secret; a parameter leaves it open. */
export function withoutPlainSecrets(variables: Value, whenAbsent: Answer): Answer {
  if (variables.kind === 'absent') return whenAbsent;
  if (variables.kind !== 'map') return undecided(variables);
  return not(any([...variables.entries].map(([name, value]) => isPlainSecret(name, value))));
}
