import type { ResourceGraph } from '../environment/graph.ts';
import { answerOf, launchValue, readNamed } from '../environment/reachability/index.ts';
import { type Access, compilePolicies, evaluate, type PartialString, type Policy } from '../iam/engine.ts';
import { type Answer, undecided } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, type Value } from '../model/value.ts';
import { isAwsManaged, managedPolicy } from './managed-policies.ts';

/** The roles with whose permissions a server, service or function works. */
export function rolesOf(graph: ResourceGraph, worker: Resource): readonly Resource[] {
  switch (worker.type) {
    case 'AWS::EC2::Instance':
    case 'AWS::AutoScaling::AutoScalingGroup':
      return instanceRoles(graph, launchValue(graph, worker, 'IamInstanceProfile'));
    case 'AWS::ECS::Service': {
      const task = graph.target(get(worker.properties, 'TaskDefinition'));
      return task ? named(graph, get(task.properties, 'TaskRoleArn')) : [];
    }
    case 'AWS::Lambda::Function':
      return named(graph, get(worker.properties, 'Role'));
    default:
      return [];
  }
}

function instanceRoles(graph: ResourceGraph, profile: Value): readonly Resource[] {
  const values = profile.kind === 'map' ? [get(profile, 'Arn'), get(profile, 'Name')] : [profile];
  return values.flatMap((value) => {
    const found = graph.target(value);
    if (found?.type !== 'AWS::IAM::InstanceProfile') return [];
    return itemsOf(get(found.properties, 'Roles')).flatMap((role) => named(graph, role));
  });
}

function named(graph: ResourceGraph, value: Value): readonly Resource[] {
  const role = graph.target(value);
  return role?.type === 'AWS::IAM::Role' ? [role] : [];
}

/** What the policies of a role or user say together, and what of them was not read. */
export interface Permissions {
  readonly access: Access;
  readonly policies: readonly Policy[];
  /** References to policies whose content is not known. */
  readonly open: readonly Value[];
  /** Those of them that are not AWS's own: AWS has one policy that grants everything, and it is known. */
  readonly openOwn: readonly Value[];
  /** The first policy, to point at. */
  readonly at: Value;
}

/** The permissions of a role or user, compiled once per graph. */
export function permissionsOf(graph: ResourceGraph, holder: Resource): Permissions {
  const cache = graph.memo(permissionCache);
  const cached = cache.get(holder.id);
  if (cached) return cached;
  const permissions = computePermissions(graph, holder);
  cache.set(holder.id, permissions);
  return permissions;
}

function permissionCache(_: ResourceGraph): Map<string, Permissions> {
  return new Map();
}

function computePermissions(graph: ResourceGraph, holder: Resource): Permissions {
  const documents = [
    ...itemsOf(get(holder.properties, 'Policies')).map((policy) => get(policy, 'PolicyDocument')),
    ...(graph.memo(attachedDocuments).get(holder.id) ?? []),
  ].filter((document) => document.kind !== 'absent');
  const policies = documents.map((document) => readNamed(graph, document));
  const open: Value[] = [];
  for (const arn of itemsOf(get(holder.properties, 'ManagedPolicyArns'))) {
    const declared = graph.target(arn);
    if (declared && !declared.external)
      policies.push(readNamed(graph, get(declared.properties, 'PolicyDocument')));
    else {
      const known = managedPolicy(arn);
      if (known) policies.push(known);
      else open.push(arn);
    }
  }
  const boundary = get(holder.properties, 'PermissionsBoundary');
  const limit = graph.target(boundary);
  const bounded =
    limit && !limit.external ? readNamed(graph, get(limit.properties, 'PolicyDocument')) : undefined;
  if (boundary.kind !== 'absent' && !bounded) open.push(boundary);
  return {
    access: {
      identity: compilePolicies(policies),
      ...(bounded ? { boundary: compilePolicies([bounded]) } : {}),
    },
    policies,
    open,
    openOwn: open.filter((value) => !isAwsManaged(value)),
    at: documents[0] ?? get(holder.properties, 'ManagedPolicyArns'),
  };
}

/** Policies declared apart, by the role, user or group that they are attached to. */
function attachedDocuments(graph: ResourceGraph): ReadonlyMap<string, readonly Value[]> {
  const index = new Map<string, Value[]>();
  for (const policy of graph.ofType(...ATTACHED)) {
    const holders = ['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName'].flatMap((name) =>
      itemsOf(get(policy.properties, name)),
    );
    for (const value of holders) {
      const holder = graph.target(value);
      if (!holder) continue;
      const list = index.get(holder.id) ?? [];
      list.push(get(policy.properties, 'PolicyDocument'));
      index.set(holder.id, list);
    }
  }
  return index;
}

const ATTACHED = [
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

const OWN_ACCOUNT = '111111111111';
const SESSION = {
  type: 'role-session',
  role: `arn:aws:iam::${OWN_ACCOUNT}:role/workload`,
  session: `arn:aws:sts::${OWN_ACCOUNT}:assumed-role/workload/session`,
} as const;

/**
 * Whether a role or user may do something: its own policies and boundary alone (what service control
 * policies take away lies outside of what was read).
 */
export function holderMay(
  graph: ResourceGraph,
  holder: Resource,
  action: string,
  resource: PartialString,
): Answer {
  const permissions = permissionsOf(graph, holder);
  const decision = evaluate(permissions.access, {
    principal: SESSION,
    action,
    resource,
    resourceAccount: OWN_ACCOUNT,
    otherKeys: 'unknown',
  });
  const answer = answerOf(decision, permissions.at);
  const hasBoundary = get(holder.properties, 'PermissionsBoundary');
  if (answer.is === 'yes' && permissions.open.includes(hasBoundary)) return undecided(hasBoundary);
  if (answer.is === 'no' && decision.kind === 'implicit' && permissions.open.length > 0) {
    return undecided(...permissions.open);
  }
  return answer;
}

/** An ARN of a service of which nothing but the service is known: allowed only if everything is. */
export function anyResource(service: string): PartialString {
  return { parts: [`arn:aws:${service}`, { type: 'other', expression: 'any resource' }] };
}
