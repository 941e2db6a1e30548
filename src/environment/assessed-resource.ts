import { placeOf } from '../kernel/source-file.ts';
import type { AssessedResource } from '../model/assessment.ts';
import type { Resource } from '../model/resource.ts';

/** What an assessment keeps of a resource: its identity and place, none of its values. */
export function assessedResource(resource: Resource): AssessedResource {
  return {
    id: resource.id,
    type: resource.type,
    name: resource.name,
    basis: resource.basis,
    existence: resource.exists.is === 'yes' ? 'certain' : 'maybe',
    ...(resource.span.file.path ? { source: placeOf(resource.span) } : {}),
  };
}
