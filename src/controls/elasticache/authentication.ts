import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

/** What a replication group asks its clients for: a token, or membership in a user group. */
export function authentication(group: Resource): Value {
  const token = get(group.properties, 'AuthToken');
  return token.kind === 'absent' ? get(group.properties, 'UserGroupIds') : token;
}
