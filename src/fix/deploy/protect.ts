import type { Edit } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { booleanFrom, get, stringFrom } from '../../model/value.ts';
import { keepWhenGone, setProperty } from '../../safeguards/edits.ts';
import { statefulType } from './stateful.ts';

/** The edits that keep a resource with data from being lost; none where all of them are there. */
export function protectFirst(resource: Resource): readonly Edit[] {
  const stateful = statefulType(resource.type);
  if (!stateful) return [];
  const { protection, keep } = stateful;
  const attributes = resource.id.startsWith('tf:') ? preventDestroy(resource) : keepWhenGone(resource, keep);
  if (!protection) return attributes;
  const now = get(resource.properties, protection.property);
  const isOn = booleanFrom(now) === true || stringFrom(now) === protection.value;
  // A member of a cluster is protected by the cluster.
  const isMember = get(resource.properties, 'DBClusterIdentifier').kind !== 'absent';
  const open = now.kind === 'unknown' || now.kind === 'oneOf';
  return isOn || isMember || open
    ? attributes
    : [setProperty(resource, protection.property, protection.value), ...attributes];
}

/** Terraform's word for keeping a resource is `lifecycle { prevent_destroy = true }`. */
function preventDestroy({ id }: Resource): readonly Edit[] {
  return [{ kind: 'set-attribute', resource: id, attribute: 'DeletionPolicy', value: 'Retain' }];
}
