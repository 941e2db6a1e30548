import { type Answer, all, answer, any, isOneOf, not, someItem } from '../../model/answer.ts';
import { get, numberFrom, type Value } from '../../model/value.ts';
import { isFromAnywhere } from './ingress.ts';

/** Whether no outbound rule lets every protocol, or every port of one, go everywhere. */
export function restricted(rules: Value, whenAbsent: Answer): Answer {
  if (rules.kind === 'absent') return whenAbsent;
  return not(
    someItem(rules, (rule) =>
      all([isFromAnywhere(rule), any([isOneOf(get(rule, 'IpProtocol'), ['-1']), coversAll(rule)])]),
    ),
  );
}

/** Whether a rule names no ports, or all of them. */
function coversAll(rule: Value): Answer {
  const from = get(rule, 'FromPort');
  const to = get(rule, 'ToPort');
  if (from.kind === 'unknown' || to.kind === 'unknown') return answer(false);
  return answer((numberFrom(from) ?? 0) <= 1 && (numberFrom(to) ?? 65_535) >= 65_535);
}
