import type { CallContext, StoreReader } from '../../platform/context.ts';
import { awsPolicies } from './aws-policies/documents.ts';
import { groups, policies, policyUses, roles, users } from './collections.ts';
import type { Handlers } from './handlers.ts';
import { demandPolicy, type ManagedPolicy } from './managed-policies.ts';
import { everyRecord, pageOf, paging } from './paging.ts';
import { shownPolicy } from './policies.ts';
import type { Named } from './records.ts';

/** Every managed policy that an account sees: its own, and AWS's with the use that it makes of them. */
export async function everyPolicy(store: StoreReader, account: string): Promise<readonly ManagedPolicy[]> {
  const own = await everyRecord(store, policies, account);
  const uses = new Map((await everyRecord(store, policyUses, account)).map((use) => [use.value.arn, use]));
  const aws = [...awsPolicies().values()].map((policy): ManagedPolicy => {
    const unused = { account, arn: policy.arn, attachments: 0, boundaries: 0 };
    const absent = { key: `${account}/${policy.arn}`, value: unused, version: 'absent' as const };
    return { owner: 'aws', policy, use: uses.get(policy.arn) ?? absent };
  });
  return [...own.map((policy): ManagedPolicy => ({ owner: 'account', policy })), ...aws];
}

interface Holder {
  readonly kind: 'User' | 'Group' | 'Role';
  readonly record: Named;
  readonly attached: readonly string[];
  readonly boundary: string | undefined;
}

/** Every user, group and role of an account that policies can be attached to. */
async function everyHolder({ store, account }: CallContext): Promise<readonly Holder[]> {
  const held = await Promise.all([
    everyRecord(store, users, account),
    everyRecord(store, groups, account),
    everyRecord(store, roles, account),
  ]);
  const [allUsers, allGroups, allRoles] = held;
  return [
    ...allUsers.map(
      ({ value }): Holder => ({
        kind: 'User',
        record: value,
        attached: value.attached,
        boundary: value.boundary,
      }),
    ),
    ...allGroups.map(
      ({ value }): Holder => ({
        kind: 'Group',
        record: value,
        attached: value.attached,
        boundary: undefined,
      }),
    ),
    ...allRoles.map(
      ({ value }): Holder => ({
        kind: 'Role',
        record: value,
        attached: value.attached,
        boundary: value.boundary,
      }),
    ),
  ];
}

export const policyEntityOperations = {
  async ListPolicies(input, { store, account }) {
    const prefix = input.PathPrefix ?? '/';
    const scope = input.Scope ?? 'All';
    const asBoundary = input.PolicyUsageFilter === 'PermissionsBoundary';
    const found = (await everyPolicy(store, account))
      .filter(({ owner }) => scope === 'All' || (scope === 'AWS') === (owner === 'aws'))
      .map((managed) => shownPolicy(managed))
      .filter((policy) => policy.Path?.startsWith(prefix))
      .filter((policy) => {
        const uses = asBoundary ? policy.PermissionsBoundaryUsageCount : policy.AttachmentCount;
        const used = (uses ?? 0) > 0;
        if (input.OnlyAttached === true) return used;
        return !asBoundary || used;
      });
    const page = pageOf(found, (policy) => policy.Arn ?? '', input);
    return { Policies: [...page.items], ...paging(page) };
  },

  async ListEntitiesForPolicy(input, context) {
    const { PolicyArn: arn, EntityFilter: filter, PolicyUsageFilter: usage } = input;
    await demandPolicy(context.store, context.account, arn);
    const prefix = input.PathPrefix ?? '/';
    const found = (await everyHolder(context)).filter(
      ({ kind, record, attached, boundary }) =>
        (filter === undefined || filter === kind) &&
        record.path.startsWith(prefix) &&
        ((usage !== 'PermissionsBoundary' && attached.includes(arn)) ||
          (usage !== 'PermissionsPolicy' && boundary === arn)),
    );
    const page = pageOf(found, ({ kind, record }) => `${kind}/${record.name.toLowerCase()}`, input);
    const of = (kind: Holder['kind']) => page.items.filter((holder) => holder.kind === kind);
    return {
      PolicyUsers: of('User').map(({ record }) => ({ UserName: record.name, UserId: record.id })),
      PolicyGroups: of('Group').map(({ record }) => ({ GroupName: record.name, GroupId: record.id })),
      PolicyRoles: of('Role').map(({ record }) => ({ RoleName: record.name, RoleId: record.id })),
      ...paging(page),
    };
  },
} satisfies Handlers;
