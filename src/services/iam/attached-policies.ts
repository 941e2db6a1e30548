import type { AttachedPolicy } from '@aws-sdk/client-iam';
import type { CallContext } from '../../platform/context.ts';
import { type Change, change } from '../../platform/service.ts';
import type { Collection } from '../../store/collection.ts';
import { groups, roles, users } from './collections.ts';
import { NO_SUCH, notAttachable, overQuota } from './errors.ts';
import { type Found, groupNamed, roleNamed, save, userNamed } from './find.ts';
import type { Handlers } from './handlers.ts';
import { countUse, demandAttachable, demandPolicy } from './managed-policies.ts';
import { parseArn } from './names.ts';
import { type PageInput, pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { PolicyHolder } from './records.ts';
import { ownRoleNamed } from './roles.ts';

type Nothing = Record<never, never>;

/** Policies that only service-linked roles have. */
const OF_SERVICES = 'arn:aws:iam::aws:policy/aws-service-role/';

async function attach<T extends PolicyHolder>(
  context: CallContext,
  collection: Collection<T>,
  holder: Found<T>,
  arn: string,
  quota: 'PoliciesPerUser' | 'PoliciesPerGroup' | 'PoliciesPerRole',
): Promise<Nothing | Change<Nothing>> {
  const policy = await demandAttachable(context.store, context.account, arn);
  if (arn.startsWith(OF_SERVICES)) throw notAttachable();
  const { attached } = holder.value;
  if (attached.includes(arn)) return {};
  if (attached.length >= QUOTAS[quota]) throw overQuota(quota, QUOTAS[quota]);
  return change({}, [
    save(collection, holder, { attached: [...attached, arn] } as unknown as Partial<T>),
    countUse(policy, { attachments: 1 }),
  ]);
}

async function detach<T extends PolicyHolder>(
  context: CallContext,
  collection: Collection<T>,
  holder: Found<T>,
  arn: string,
): Promise<Change<Nothing>> {
  const policy = await demandPolicy(context.store, context.account, arn);
  const attached = holder.value.attached.filter((each) => each !== arn);
  if (attached.length === holder.value.attached.length) throw NO_SUCH.policy(arn);
  return change({}, [
    save(collection, holder, { attached } as unknown as Partial<T>),
    countUse(policy, { attachments: -1 }),
  ]);
}

/** Managed policies by name and ARN. */
export function shownAttached(arns: readonly string[]): AttachedPolicy[] {
  return arns.map((arn) => ({ PolicyName: parseArn(arn)?.name ?? arn, PolicyArn: arn }));
}

function listAttached(
  { value }: Found<PolicyHolder>,
  input: PageInput & { readonly PathPrefix?: string | undefined },
) {
  const prefix = input.PathPrefix ?? '/';
  const within = value.attached.filter((arn) => parseArn(arn)?.path.startsWith(prefix));
  const page = pageOf(within, (arn) => arn, input);
  return { AttachedPolicies: shownAttached(page.items), ...paging(page) };
}

export const attachedPolicyOperations = {
  async AttachUserPolicy(input, context) {
    const holder = await userNamed(context, input.UserName);
    return attach(context, users, holder, input.PolicyArn, 'PoliciesPerUser');
  },
  async AttachGroupPolicy(input, context) {
    const holder = await groupNamed(context, input.GroupName);
    return attach(context, groups, holder, input.PolicyArn, 'PoliciesPerGroup');
  },
  async AttachRolePolicy(input, context) {
    const holder = await ownRoleNamed(context, input.RoleName);
    return attach(context, roles, holder, input.PolicyArn, 'PoliciesPerRole');
  },

  async DetachUserPolicy(input, context) {
    return detach(context, users, await userNamed(context, input.UserName), input.PolicyArn);
  },
  async DetachGroupPolicy(input, context) {
    return detach(context, groups, await groupNamed(context, input.GroupName), input.PolicyArn);
  },
  async DetachRolePolicy(input, context) {
    return detach(context, roles, await ownRoleNamed(context, input.RoleName), input.PolicyArn);
  },

  async ListAttachedUserPolicies(input, context) {
    return listAttached(await userNamed(context, input.UserName), input);
  },
  async ListAttachedGroupPolicies(input, context) {
    return listAttached(await groupNamed(context, input.GroupName), input);
  },
  async ListAttachedRolePolicies(input, context) {
    return listAttached(await roleNamed(context, input.RoleName), input);
  },
} satisfies Handlers;
