import type { ResourceGraph } from '../environment/graph.ts';
import { type Answer, answer, someItem, undecided } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, type Value } from '../model/value.ts';
import { inlineDocuments, type Statement, statementsOf } from './policies.ts';
import { property, stringsOf } from './values.ts';

/** The roles behind an instance profile as an instance or a launch template names it. */
export function instanceRoles(graph: ResourceGraph, profile: Value): readonly Resource[] {
  const named = profile.kind === 'map' ? [get(profile, 'Arn'), get(profile, 'Name')] : [profile];
  return named.flatMap((value) => {
    const found = graph.target(value);
    if (found?.type !== 'AWS::IAM::InstanceProfile') return [];
    return itemsOf(property(found, 'Roles')).flatMap((role) => graph.target(role) ?? []);
  });
}

/** Whether one of some managed policies is attached to a role. */
export function attachesManagedPolicy(role: Resource, names: readonly string[]): Answer {
  return someItem(property(role, 'ManagedPolicyArns'), (arn) => {
    const name = policyName(arn);
    if (name !== undefined) return answer(names.includes(name));
    return arn.kind === 'unknown' && arn.why === 'parameter' ? undecided(arn) : answer(false);
  });
}

/** The name of a managed policy: `arn:${AWS::Partition}:iam::aws:policy/Name` is not known as a whole, its name is. */
export function policyName(arn: Value): string | undefined {
  const written =
    arn.kind === 'known'
      ? stringsOf(arn)[0]
      : arn.kind === 'unknown'
        ? arn.parts?.findLast((part): part is string => typeof part === 'string')
        : undefined;
  return written?.includes('/') ? written.slice(written.lastIndexOf('/') + 1) : undefined;
}

interface RolePolicies {
  readonly byRole: ReadonlyMap<string, readonly Resource[]>;
}

/** Policies that are declared beside a role and attached to it. */
function attachedPolicies(graph: ResourceGraph): RolePolicies {
  const byRole = new Map<string, Resource[]>();
  const attach = (role: Resource | undefined, policy: Resource) => {
    if (!role) return;
    const list = byRole.get(role.id) ?? [];
    list.push(policy);
    byRole.set(role.id, list);
  };
  for (const policy of graph.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
    const holders = [
      ...itemsOf(property(policy, 'Roles')),
      ...itemsOf(property(policy, 'Users')),
      ...itemsOf(property(policy, 'Groups')),
      property(policy, 'RoleName'),
    ];
    for (const holder of holders) attach(graph.target(holder), policy);
  }
  for (const role of graph.ofType('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group')) {
    for (const arn of itemsOf(property(role, 'ManagedPolicyArns'))) {
      const policy = graph.target(arn);
      if (policy?.type === 'AWS::IAM::ManagedPolicy') attach(role, policy);
    }
  }
  return { byRole };
}

/** A policy document that holds for a role, user or group. */
export interface HeldDocument {
  readonly document: Value;
  /** The resource that declares it: the holder, or a policy of its own. */
  readonly declaredBy: Resource;
}

/** All policy documents that hold for a role, user or group and were read. */
export function documentsOf(graph: ResourceGraph, holder: Resource): readonly HeldDocument[] {
  const attached = graph.memo(attachedPolicies).byRole.get(holder.id) ?? [];
  return [
    ...inlineDocuments(holder).map((document) => ({ document, declaredBy: holder })),
    ...attached.map((policy) => ({ document: property(policy, 'PolicyDocument'), declaredBy: policy })),
  ];
}

/** The Allow statements that hold for a role, user or group. */
export function allowsOf(graph: ResourceGraph, holder: Resource): readonly Statement[] {
  return documentsOf(graph, holder)
    .flatMap(({ document }) => statementsOf(document))
    .filter((statement) => statement.effect === 'Allow' && statement.present.is === 'yes');
}
