import { type Answer, all, any, isOneOf, isTrue, someItem, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { property } from '../values.ts';

/** Whether a trail records all management events: it does unless its selectors say otherwise. */
export function managementEvents(trail: Resource): Answer {
  const advanced = property(trail, 'AdvancedEventSelectors');
  if (advanced.kind !== 'absent') return someSelector(advanced, selectsAllManagement);
  const basic = property(trail, 'EventSelectors');
  if (basic.kind === 'absent' || itemsOf(basic).length === 0) {
    return basic.kind === 'unknown' ? undecided(basic) : YES;
  }
  return someItem(basic, (selector) =>
    all([
      isTrue(get(selector, 'IncludeManagementEvents'), YES),
      isOneOf(get(selector, 'ReadWriteType'), ['All'], YES),
    ]),
  );
}

/** Whether a trail records some data events. */
export function dataEvents(trail: Resource): Answer {
  const basic = someItem(property(trail, 'EventSelectors'), (selector) =>
    someItem(get(selector, 'DataResources'), () => YES),
  );
  const advanced = someSelector(property(trail, 'AdvancedEventSelectors'), (fields) =>
    fields.some((field) => fieldIs(field, 'eventCategory', 'Data')),
  );
  return any([basic, advanced]);
}

function someSelector(selectors: Value, question: (fields: readonly Value[]) => boolean): Answer {
  return someItem(selectors, (selector) => {
    const fields = get(selector, 'FieldSelectors');
    if (fields.kind === 'unknown') return undecided(fields);
    return question(itemsOf(fields)) ? YES : { is: 'no' };
  });
}

function selectsAllManagement(fields: readonly Value[]): boolean {
  return (
    fields.some((field) => fieldIs(field, 'eventCategory', 'Management')) &&
    !fields.some((field) => stringFrom(get(field, 'Field')) === 'readOnly')
  );
}

function fieldIs(field: Value, name: string, wanted: string): boolean {
  if (stringFrom(get(field, 'Field')) !== name) return false;
  return itemsOf(get(field, 'Equals')).some((each) => stringFrom(each) === wanted);
}
