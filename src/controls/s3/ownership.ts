import { type Answer, isOneOf, someItem } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

/** The ownership rules of a bucket, or its canned access control list where only that is written. */
export function ownership(bucket: Resource): Value {
  const rules = get(bucket.properties, 'OwnershipControls', 'Rules');
  return rules.kind === 'absent' ? get(bucket.properties, 'AccessControl') : rules;
}

/** Whether access control lists are off: by ownership, or because the only one grants nothing to others. */
export function aclsDisabled(value: Value, whenAbsent: Answer): Answer {
  if (value.kind === 'absent') return whenAbsent;
  if (value.kind !== 'list') return isOneOf(value, ['Private']);
  return someItem(value, (rule) => isOneOf(get(rule, 'ObjectOwnership'), ['BucketOwnerEnforced']));
}
