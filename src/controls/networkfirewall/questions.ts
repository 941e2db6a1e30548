import { type Answer, any, NO } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { hasItems } from '../questions.ts';

/** Whether a policy refers to some rule group. */
export function hasRuleGroups(policy: Value, whenAbsent: Answer): Answer {
  if (policy.kind === 'absent') return whenAbsent;
  return any([
    hasItems(1)(get(policy, 'StatefulRuleGroupReferences'), NO),
    hasItems(1)(get(policy, 'StatelessRuleGroupReferences'), NO),
  ]);
}

/** Whether a stateless rule group has rules. */
export function hasStatelessRules(source: Value, whenAbsent: Answer): Answer {
  if (source.kind === 'absent') return whenAbsent;
  return hasItems(1)(get(source, 'StatelessRules'), NO);
}
