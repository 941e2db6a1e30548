import { type Answer, all, isOneOf, isTrue, not, someItem } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';

/**
 * Whether a detector is on with a feature. Features that are not written are on (GuardDuty guide; runtime
 * monitoring is the exception), so that only a disabled one counts as off.
 */
export function hasFeature(name: string): (detector: Resource) => Answer {
  return ({ properties }) =>
    all([
      isTrue(get(properties, 'Enable')),
      not(
        someItem(get(properties, 'Features'), (feature) =>
          all([isOneOf(get(feature, 'Name'), [name]), isOneOf(get(feature, 'Status'), ['DISABLED'])]),
        ),
      ),
    ]);
}
