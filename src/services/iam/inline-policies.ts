import type { CallContext } from '../../platform/context.ts';
import { type Change, change } from '../../platform/service.ts';
import type { Collection } from '../../store/collection.ts';
import { groups, roles, users } from './collections.ts';
import { demandDocument, encoded, withInline } from './documents.ts';
import { NO_SUCH } from './errors.ts';
import { type Found, groupNamed, roleNamed, save, userNamed } from './find.ts';
import type { Handlers } from './handlers.ts';
import { type PageInput, pageOf, paging } from './paging.ts';
import type { PolicyHolder } from './records.ts';
import { ownRoleNamed } from './roles.ts';

type Kind = 'user' | 'group' | 'role';

interface PolicyInput {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

function putInline<T extends PolicyHolder>(
  kind: Kind,
  collection: Collection<T>,
  holder: Found<T>,
  { PolicyName, PolicyDocument }: PolicyInput,
): Change<Record<never, never>> {
  demandDocument(PolicyDocument, 'inline');
  const inline = withInline(kind, holder.value, { name: PolicyName, document: PolicyDocument });
  return change({}, [save(collection, holder, { inline } as unknown as Partial<T>)]);
}

function documentOf(kind: Kind, { value }: Found<PolicyHolder>, name: string): string {
  const found = value.inline.find((policy) => policy.name === name);
  if (found === undefined) throw NO_SUCH.inline(kind, name);
  return encoded(found.document);
}

function deleteInline<T extends PolicyHolder>(
  kind: Kind,
  collection: Collection<T>,
  holder: Found<T>,
  name: string,
): Change<Record<never, never>> {
  const inline = holder.value.inline.filter((policy) => policy.name !== name);
  if (inline.length === holder.value.inline.length) throw NO_SUCH.inline(kind, name);
  return change({}, [save(collection, holder, { inline } as unknown as Partial<T>)]);
}

function namesOf({ value }: Found<PolicyHolder>, input: PageInput) {
  const page = pageOf(value.inline, (policy) => policy.name, input);
  return { PolicyNames: page.items.map(({ name }) => name), ...paging(page) };
}

const user = (context: CallContext, input: { readonly UserName: string }) =>
  userNamed(context, input.UserName);
const group = (context: CallContext, input: { readonly GroupName: string }) =>
  groupNamed(context, input.GroupName);
const role = (context: CallContext, input: { readonly RoleName: string }) =>
  roleNamed(context, input.RoleName);
const ownRole = (context: CallContext, input: { readonly RoleName: string }) =>
  ownRoleNamed(context, input.RoleName);

export const inlinePolicyOperations = {
  async PutUserPolicy(input, context) {
    return putInline('user', users, await user(context, input), input);
  },
  async PutGroupPolicy(input, context) {
    return putInline('group', groups, await group(context, input), input);
  },
  async PutRolePolicy(input, context) {
    return putInline('role', roles, await ownRole(context, input), input);
  },

  async GetUserPolicy(input, context) {
    const holder = await user(context, input);
    const PolicyDocument = documentOf('user', holder, input.PolicyName);
    return { UserName: holder.value.name, PolicyName: input.PolicyName, PolicyDocument };
  },
  async GetGroupPolicy(input, context) {
    const holder = await group(context, input);
    const PolicyDocument = documentOf('group', holder, input.PolicyName);
    return { GroupName: holder.value.name, PolicyName: input.PolicyName, PolicyDocument };
  },
  async GetRolePolicy(input, context) {
    const holder = await role(context, input);
    const PolicyDocument = documentOf('role', holder, input.PolicyName);
    return { RoleName: holder.value.name, PolicyName: input.PolicyName, PolicyDocument };
  },

  async DeleteUserPolicy(input, context) {
    return deleteInline('user', users, await user(context, input), input.PolicyName);
  },
  async DeleteGroupPolicy(input, context) {
    return deleteInline('group', groups, await group(context, input), input.PolicyName);
  },
  async DeleteRolePolicy(input, context) {
    return deleteInline('role', roles, await ownRole(context, input), input.PolicyName);
  },

  async ListUserPolicies(input, context) {
    return namesOf(await user(context, input), input);
  },
  async ListGroupPolicies(input, context) {
    return namesOf(await group(context, input), input);
  },
  async ListRolePolicies(input, context) {
    return namesOf(await role(context, input), input);
  },
} satisfies Handlers;
