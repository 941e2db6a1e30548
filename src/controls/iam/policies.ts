import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, type Value } from '../../model/value.ts';

/** The types that carry policy documents of identities. */
export const POLICY_TYPES = [
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

export const IDENTITY_TYPES = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** The policy documents that a policy, role, user or group carries itself. */
export function documentsOf(resource: Resource): readonly Value[] {
  if (POLICY_TYPES.includes(resource.type)) return [get(resource.properties, 'PolicyDocument')];
  return itemsOf(get(resource.properties, 'Policies')).map((policy) => get(policy, 'PolicyDocument'));
}

/** Whether an identity carries documents itself; policies always do. */
export function carriesDocuments(resource: Resource, _graph: ResourceGraph): boolean {
  return POLICY_TYPES.includes(resource.type) || get(resource.properties, 'Policies').kind !== 'absent';
}
