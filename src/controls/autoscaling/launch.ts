import { text } from '../../kernel/texts.ts';
import { type Answer, any, isSet, NO } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import type { Condition } from '../property.ts';
import { hasItems } from '../questions.ts';

/** Only groups that a load balancer sends requests to. */
export const BEHIND_A_LOAD_BALANCER: Condition = {
  holds: ({ properties }) =>
    any([
      hasItems(1)(get(properties, 'TargetGroupARNs'), NO),
      hasItems(1)(get(properties, 'LoadBalancerNames'), NO),
    ]),
  otherwise: text('no load balancer sends requests here', 'ロードバランサーに登録されていません'),
};

/** What a group starts its instances from, preferring launch templates. */
export function launchSource(group: Resource): Value {
  const template = get(group.properties, 'LaunchTemplate');
  return template.kind === 'absent'
    ? get(group.properties, 'MixedInstancesPolicy', 'LaunchTemplate')
    : template;
}

/** Whether a launch template is named. */
export function named(value: Value, _whenAbsent: Answer): Answer {
  return isSet(value);
}
