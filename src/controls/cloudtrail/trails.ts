import { type Answer, all, any, isOneOf, isTrue, not, someItem, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

export function isLogging(trail: Resource): Answer {
  return isTrue(get(trail.properties, 'IsLogging'));
}

/** Whether a trail takes reading and writing management events; without selectors it takes all of them. */
export function takesManagementEvents(trail: Resource): Answer {
  const selectors = get(trail.properties, 'EventSelectors');
  const advanced = get(trail.properties, 'AdvancedEventSelectors');
  if (selectors.kind === 'absent' && advanced.kind === 'absent') return YES;
  return any([someItem(selectors, isManagementSelector), someItem(advanced, isAdvancedManagementSelector)]);
}

function isManagementSelector(selector: Value): Answer {
  return all([
    isTrue(get(selector, 'IncludeManagementEvents'), YES),
    isOneOf(get(selector, 'ReadWriteType'), ['All'], YES),
  ]);
}

function isAdvancedManagementSelector(selector: Value): Answer {
  const fields = get(selector, 'FieldSelectors');
  return all([
    someItem(fields, (field) =>
      all([
        isOneOf(get(field, 'Field'), ['eventCategory']),
        someItem(get(field, 'Equals'), (value) => isOneOf(value, ['Management'])),
      ]),
    ),
    not(someItem(fields, (field) => isOneOf(get(field, 'Field'), ['readOnly']))),
  ]);
}
