import { type Answer, all, any, isOneOf, someItem } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, list, type Value } from '../../model/value.ts';
import { askText } from '../text-of.ts';

/** The basic and advanced selectors of a trail as one list. */
export function selectorsOf(trail: Resource): Value {
  const both = ['EventSelectors', 'AdvancedEventSelectors'].map((name) => get(trail.properties, name));
  const undecided = both.find((each) => each.kind === 'unknown' || each.kind === 'oneOf');
  if (undecided) return undecided;
  return list(
    both.flatMap((each) => (each.kind === 'list' ? each.items : [])),
    trail.properties.span,
  );
}

/** Whether some selector takes the events of the objects of every bucket. */
export function takesAllObjects(selectors: Value): Answer {
  return someItem(selectors, (selector) => any([basic(selector), advanced(selector)]));
}

function basic(selector: Value): Answer {
  return someItem(get(selector, 'DataResources'), (resource) =>
    all([
      isOneOf(get(resource, 'Type'), ['AWS::S3::Object']),
      someItem(get(resource, 'Values'), (arn) =>
        askText(arn, (text) => /^arn:aws[\w-]*:s3(:::)?$/.test(text)),
      ),
    ]),
  );
}

function advanced(selector: Value): Answer {
  const fields = get(selector, 'FieldSelectors');
  return someItem(fields, (field) =>
    all([
      isOneOf(get(field, 'Field'), ['resources.type']),
      someItem(get(field, 'Equals'), (value) => isOneOf(value, ['AWS::S3::Object'])),
    ]),
  );
}
