import type {
  GroupDetail,
  ManagedPolicyDetail,
  PolicyDetail,
  RoleDetail,
  UserDetail,
} from '@aws-sdk/client-iam';
import type { CallContext } from '../../platform/context.ts';
import { shownAttached } from './attached-policies.ts';
import { groups, instanceProfiles, roles, users } from './collections.ts';
import { encoded } from './documents.ts';
import { eachOf } from './find.ts';
import type { Handlers } from './handlers.ts';
import { shownProfile } from './instance-profiles.ts';
import type { ManagedPolicy } from './managed-policies.ts';
import { everyRecord, pageOf, paging } from './paging.ts';
import { shownPolicy, versionsOf } from './policies.ts';
import { everyPolicy } from './policy-entities.ts';
import type { GroupRecord, InlinePolicy, RoleRecord, UserRecord } from './records.ts';
import { shownRoleWhole } from './roles.ts';
import { shownGroup, shownUserWhole } from './shown.ts';

/** One entity of the account; shown only when it is on the page. */
type Entry =
  | { readonly kind: 'User'; readonly key: string; readonly record: UserRecord }
  | { readonly kind: 'Group'; readonly key: string; readonly record: GroupRecord }
  | { readonly kind: 'Role'; readonly key: string; readonly record: RoleRecord }
  | { readonly kind: 'Policy'; readonly key: string; readonly record: ManagedPolicy };

const inline = (policies: readonly InlinePolicy[]): PolicyDetail[] =>
  policies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encoded(document) }));

async function userDetail({ store }: CallContext, user: UserRecord): Promise<UserDetail> {
  const memberships = await eachOf(store, groups, user.groups);
  return {
    ...shownUserWhole(user),
    ...(user.inline.length > 0 ? { UserPolicyList: inline(user.inline) } : {}),
    GroupList: memberships.map(({ value }) => value.name),
    AttachedManagedPolicies: shownAttached(user.attached),
  };
}

function groupDetail(group: GroupRecord): GroupDetail {
  return {
    ...shownGroup(group),
    GroupPolicyList: inline(group.inline),
    AttachedManagedPolicies: shownAttached(group.attached),
  };
}

async function roleDetail(context: CallContext, role: RoleRecord): Promise<RoleDetail> {
  const {
    Description: _description,
    MaxSessionDuration: _duration,
    ...shown
  } = await shownRoleWhole(context, role);
  const profiles = await eachOf(context.store, instanceProfiles, role.profiles);
  const shownProfiles = await Promise.all(profiles.map(({ value }) => shownProfile(context.store, value)));
  return {
    ...shown,
    InstanceProfileList: shownProfiles,
    RolePolicyList: inline(role.inline),
    AttachedManagedPolicies: shownAttached(role.attached),
  };
}

function policyDetail(managed: ManagedPolicy): ManagedPolicyDetail {
  return { ...shownPolicy(managed), PolicyVersionList: [...versionsOf(managed)] };
}

/** Policies of AWS's are part of the account as far as they are attached. */
async function everyEntry({ store, account }: CallContext): Promise<readonly Entry[]> {
  const [allUsers, allGroups, allRoles, all] = await Promise.all([
    everyRecord(store, users, account),
    everyRecord(store, groups, account),
    everyRecord(store, roles, account),
    everyPolicy(store, account),
  ]);
  const inUse = all.filter(
    (managed) =>
      managed.owner === 'account' || managed.use.value.attachments + managed.use.value.boundaries > 0,
  );
  return [
    ...allUsers.map(({ value }): Entry => ({ kind: 'User', key: `1/${value.name}`, record: value })),
    ...allGroups.map(({ value }): Entry => ({ kind: 'Group', key: `2/${value.name}`, record: value })),
    ...allRoles.map(({ value }): Entry => ({ kind: 'Role', key: `3/${value.name}`, record: value })),
    ...inUse.map((record): Entry => {
      return { kind: 'Policy', key: `4/${shownPolicy(record).Arn}`, record };
    }),
  ];
}

/** Whether a filter of the request lets an entry through. */
function passes(entry: Entry, filter: readonly string[]): boolean {
  if (filter.length === 0) return true;
  if (entry.kind !== 'Policy') return filter.includes(entry.kind);
  return filter.includes(entry.record.owner === 'aws' ? 'AWSManagedPolicy' : 'LocalManagedPolicy');
}

export const authorizationDetailOperations = {
  async GetAccountAuthorizationDetails(input, context) {
    const filter = input.Filter ?? [];
    const entries = (await everyEntry(context)).filter((entry) => passes(entry, filter));
    const page = pageOf(entries, ({ key }) => key, input);
    const UserDetailList: UserDetail[] = [];
    const GroupDetailList: GroupDetail[] = [];
    const RoleDetailList: RoleDetail[] = [];
    const Policies: ManagedPolicyDetail[] = [];
    for (const entry of page.items) {
      if (entry.kind === 'User') UserDetailList.push(await userDetail(context, entry.record));
      else if (entry.kind === 'Group') GroupDetailList.push(groupDetail(entry.record));
      else if (entry.kind === 'Role') RoleDetailList.push(await roleDetail(context, entry.record));
      else Policies.push(policyDetail(entry.record));
    }
    return { UserDetailList, GroupDetailList, RoleDetailList, Policies, ...paging(page) };
  },
} satisfies Handlers;
