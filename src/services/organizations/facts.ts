import {
  compilePolicies,
  NO_POLICIES,
  type Policy,
  type PolicyProgram,
  parsePolicyText,
} from '../../iam/engine.ts';
import { ACCOUNTS } from '../../platform/accounts.ts';
import type { OrganizationFacts, OrganizationSource } from '../../platform/identity.ts';
import type { ServiceHost } from '../../platform/service.ts';
import type { Store } from '../../store/store.ts';
import { policyArn } from './arns.ts';
import { attachedTo, policyNamed } from './aws-policies.ts';
import { members, organizations } from './collections.ts';
import { tagRules } from './effective-policy.ts';
import { pathUp } from './find.ts';
import type { OrganizationRecord, Place, PolicyKind } from './records.ts';

/** What organisations say about requests, read from this service's records at each question. */
export function organizationSource({ store }: ServiceHost): OrganizationSource {
  return {
    async of(account) {
      const member = (await store.get(members, account))?.value;
      if (member === undefined) return undefined;
      const org = (await store.get(organizations, member.org))?.value;
      if (org === undefined) return undefined;
      const above = (await pathUp(store, org, member.parent)).toReversed();
      const facts = {
        id: org.org,
        managementAccount: org.management,
        path: `${[org.org, ...above.map(({ id }) => id)].join('/')}/`,
        services: {
          allFeatures: org.features === 'ALL',
          trusted: org.services.map(({ principal }) => principal),
          administers: member.administers.map(({ principal }) => principal),
        },
      };
      const levels = [...above, member];
      const rules = await tagRules(store, org, levels);
      if (account === org.management) return { ...facts, ...rules };
      const status = (await store.get(ACCOUNTS, account))?.value.status;
      if (status !== 'ACTIVE') return { ...facts, ...CLOSED };
      return {
        ...facts,
        ...rules,
        ...(await layer(store, org, levels, 'SERVICE_CONTROL_POLICY', 'serviceControl')),
        ...(await layer(store, org, levels, 'RESOURCE_CONTROL_POLICY', 'resourceControl')),
      };
    },
  };
}

const REFUSE_ALL = compilePolicies([
  parsePolicyText(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}',
    'closed account',
  ),
]);

/** In a closed account nothing is allowed, neither to its principals nor on its resources. */
const CLOSED = { serviceControl: [NO_POLICIES], resourceControl: [REFUSE_ALL] } as const;

/** The policies of a type, level by level from the root down to the account; none while the type is disabled. */
async function layer(
  store: Store,
  org: OrganizationRecord,
  levels: readonly Place[],
  type: PolicyKind,
  name: 'serviceControl' | 'resourceControl',
): Promise<Partial<Pick<OrganizationFacts, 'serviceControl' | 'resourceControl'>>> {
  if (org.enabled[type] === undefined) return {};
  const programs = await Promise.all(levels.map((place) => programAt(store, org, place, type)));
  return { [name]: programs };
}

/** The policies of a type that are attached to a place. */
export async function programAt(
  store: Store,
  org: OrganizationRecord,
  place: Place,
  type: PolicyKind,
): Promise<PolicyProgram> {
  const ids = attachedTo(place, org, type);
  const found = await Promise.all(ids.map((id) => policyNamed(store, org.org, id)));
  const policies: Policy[] = found.flatMap((each) =>
    each ? [parsePolicyText(each.content, policyArn(org, each.id, type))] : [],
  );
  return compilePolicies(policies);
}
