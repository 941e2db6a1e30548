import { type Answer, all, any, isOneOf, not, someItem, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { askText } from '../text-of.ts';

/** Whether a trail of all Regions records the reading or writing of the objects of every bucket. */
export function recordsObjects(kind: 'ReadOnly' | 'WriteOnly'): (trail: Resource) => Answer {
  return ({ properties }) =>
    any([
      someItem(get(properties, 'EventSelectors'), (selector) => basic(selector, kind)),
      someItem(get(properties, 'AdvancedEventSelectors'), (selector) => advanced(selector, kind)),
    ]);
}

function basic(selector: Value, kind: string): Answer {
  return all([
    isOneOf(get(selector, 'ReadWriteType'), ['All', kind], YES),
    someItem(get(selector, 'DataResources'), (resource) =>
      all([
        isOneOf(get(resource, 'Type'), ['AWS::S3::Object']),
        someItem(get(resource, 'Values'), (arn) =>
          askText(arn, (text) => /^arn:aws[\w-]*:s3(:::)?$/.test(text)),
        ),
      ]),
    ),
  ]);
}

/** Advanced selectors for all objects, narrowed at most to the wanted kind. */
function advanced(selector: Value, kind: string): Answer {
  const fields = get(selector, 'FieldSelectors');
  const other = kind === 'ReadOnly' ? 'false' : 'true';
  return all([
    someItem(fields, (field) =>
      all([
        isOneOf(get(field, 'Field'), ['resources.type']),
        someItem(get(field, 'Equals'), (value) => isOneOf(value, ['AWS::S3::Object'])),
      ]),
    ),
    not(someItem(fields, (field) => isOneOf(get(field, 'Field'), ['resources.ARN']))),
    not(
      someItem(fields, (field) =>
        all([
          isOneOf(get(field, 'Field'), ['readOnly']),
          someItem(get(field, 'Equals'), (value) => isOneOf(value, [other])),
        ]),
      ),
    ),
  ]);
}
