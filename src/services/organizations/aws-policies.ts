import type { StoreReader } from '../../platform/context.ts';
import { policies } from './collections.ts';
import { notFound } from './errors.ts';
import type { Found } from './find.ts';
import type { AccessPolicyKind, Attached, OrganizationRecord, PolicyKind, PolicyRecord } from './records.ts';

const FULL_ACCESS: Readonly<Record<AccessPolicyKind, Omit<PolicyRecord, 'org'>>> = {
  SERVICE_CONTROL_POLICY: {
    id: 'p-FullAWSAccess',
    type: 'SERVICE_CONTROL_POLICY',
    name: 'FullAWSAccess',
    description: 'Allows access to every operation',
    content: allowing({ Effect: 'Allow', Action: '*', Resource: '*' }),
    tags: [],
  },
  RESOURCE_CONTROL_POLICY: {
    id: 'p-RCPFullAWSAccess',
    type: 'RESOURCE_CONTROL_POLICY',
    name: 'RCPFullAWSAccess',
    description: 'Allows access to every resource',
    content: allowing({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
    tags: [],
  },
};

function allowing(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** The policies of a type that are attached to every place when the type is enabled: they limit nothing. */
export function fullAccess(type: PolicyKind): readonly Omit<PolicyRecord, 'org'>[] {
  return Object.values(FULL_ACCESS).filter((each) => each.type === type);
}

/** A policy of the organisation or one of those that AWS manages. */
export async function policyNamed(
  store: StoreReader,
  org: string,
  id: string,
): Promise<PolicyRecord | undefined> {
  const managed = Object.values(FULL_ACCESS).find((each) => each.id === id);
  if (managed) return { ...managed, org };
  const found = await store.get(policies, id);
  return found?.value.org === org ? found.value : undefined;
}

/** A policy that people wrote, to be changed. @throws AwsError PolicyNotFound. */
export async function ownPolicy(store: StoreReader, org: string, id: string): Promise<Found<PolicyRecord>> {
  const found = await store.get(policies, id);
  if (found?.value.org !== org) throw notFound('policy');
  return found;
}

/** The ids of the policies of a type that are attached to a place; none while the type is disabled. */
export function attachedTo(
  { attached }: { readonly attached: Attached },
  org: OrganizationRecord,
  type: PolicyKind,
): readonly string[] {
  const epoch = org.enabled[type];
  if (epoch === undefined) return [];
  const list = attached[type];
  return list?.epoch === epoch ? list.ids : fullAccess(type).map(({ id }) => id);
}
