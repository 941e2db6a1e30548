import type { Role, RoleLastUsed } from '@aws-sdk/client-iam';
import type { CallContext, StoreReader } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { roles } from './collections.ts';
import { encoded } from './documents.ts';
import { exists, stillUsed, unmodifiable, validationError } from './errors.ts';
import { demandRoom, erase, type Found, NOTHING_HELD, named, roleNamed, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { countUse, demandAttachable, managedPolicy } from './managed-policies.ts';
import { arnOf } from './names.ts';
import { pageOfNamed, paging } from './paging.ts';
import type { RoleRecord } from './records.ts';
import { moment, shownBoundary } from './shown.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';
import { currentTrust, newTrust } from './trust.ts';

const USUAL_SESSION_SECONDS = 3_600;

/** A role as CreateRole shows it: without what only GetRole and lists add. */
export async function shownRole(store: StoreReader, role: RoleRecord): Promise<Role> {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: arnOf('role', role),
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encoded(await currentTrust(store, role.trust)),
    ...(role.description === undefined ? {} : { Description: role.description }),
  };
}

async function listedRole(store: StoreReader, role: RoleRecord): Promise<Role> {
  return { ...(await shownRole(store, role)), MaxSessionDuration: role.maxSessionSeconds };
}

/** A role with everything, as GetRole shows it. */
export async function shownRoleWhole({ store, ports }: CallContext, role: RoleRecord): Promise<Role> {
  const uses = await ports.usage.lastUsesOfPrincipal(role.id);
  const used: RoleLastUsed = uses[0] ? { LastUsedDate: moment(uses[0].at), Region: uses[0].region } : {};
  return {
    ...(await listedRole(store, role)),
    ...shownBoundary(role),
    ...shownTags(role.tags),
    RoleLastUsed: used,
  };
}

/** A role that people may change. @throws AwsError UnmodifiableEntity for a service-linked one. */
export async function ownRoleNamed(context: CallContext, name: string): Promise<Found<RoleRecord>> {
  const role = await roleNamed(context, name);
  if (role.value.linkedTo !== undefined) throw unmodifiable(role.value.name);
  return role;
}

export const roleOperations = {
  async CreateRole(input, context) {
    const { store, account, ports } = context;
    const boundary = input.PermissionsBoundary;
    const tags = newTags(input.Tags);
    const path = input.Path ?? '/';
    if (path.startsWith('/aws-service-role/')) {
      throw validationError(`Invalid Path: ${path}. The path is reserved for service-linked roles.`);
    }
    const trust = await newTrust(store, input.AssumeRolePolicyDocument);
    if (await named(store, roles, account, input.RoleName)) {
      throw exists(`Role with name ${input.RoleName} already exists.`);
    }
    await demandRoom(context, roles, 'RolesPerAccount');
    const bounding = boundary === undefined ? undefined : await demandAttachable(store, account, boundary);
    const role: RoleRecord = {
      account,
      id: ports.credentials.mintUniqueId('AROA'),
      name: input.RoleName,
      path,
      createdAt: context.now.getTime(),
      tags,
      ...NOTHING_HELD,
      trust,
      maxSessionSeconds: input.MaxSessionDuration ?? USUAL_SESSION_SECONDS,
      profiles: [],
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(boundary === undefined ? {} : { boundary }),
    };
    const asGiven = { AssumeRolePolicyDocument: encoded(trust.text) };
    const shown = {
      ...(await shownRole(store, role)),
      ...asGiven,
      ...shownBoundary(role),
      ...shownTags(tags),
    };
    const longer =
      input.MaxSessionDuration === undefined ? {} : { MaxSessionDuration: input.MaxSessionDuration };
    return change({ Role: { ...shown, ...longer } }, [
      put(roles, role.id, role, 'absent'),
      ...(bounding ? [countUse(bounding, { boundaries: 1 })] : []),
    ]);
  },

  async GetRole(input, context) {
    const { value } = await roleNamed(context, input.RoleName);
    return { Role: await shownRoleWhole(context, value) };
  },

  async ListRoles(input, { store, account }) {
    const page = await pageOfNamed(store, roles, account, input);
    const shown = await Promise.all(page.items.map(({ value }) => listedRole(store, value)));
    return { Roles: shown, ...paging(page) };
  },

  async UpdateRole(input, context) {
    const role = await ownRoleNamed(context, input.RoleName);
    return change({}, [
      save(roles, role, {
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(input.MaxSessionDuration === undefined ? {} : { maxSessionSeconds: input.MaxSessionDuration }),
      }),
    ]);
  },

  async UpdateRoleDescription(input, context) {
    const role = await roleNamed(context, input.RoleName);
    const value = { ...role.value, description: input.Description };
    return change({ Role: await listedRole(context.store, value) }, [save(roles, role, value)]);
  },

  async UpdateAssumeRolePolicy(input, context) {
    const role = await ownRoleNamed(context, input.RoleName);
    return change({}, [save(roles, role, { trust: await newTrust(context.store, input.PolicyDocument) })]);
  },

  async DeleteRole(input, context) {
    const role = await ownRoleNamed(context, input.RoleName);
    const { attached, inline, profiles, boundary } = role.value;
    if (profiles.length > 0) {
      throw stillUsed('Cannot delete entity, must remove roles from instance profile first.');
    }
    if (attached.length > 0) throw stillUsed('Cannot delete entity, must detach all policies first.');
    if (inline.length > 0) throw stillUsed('Cannot delete entity, must delete policies first.');
    const bounding =
      boundary === undefined ? undefined : await managedPolicy(context.store, context.account, boundary);
    return change({}, [erase(roles, role), ...(bounding ? [countUse(bounding, { boundaries: -1 })] : [])]);
  },

  async TagRole(input, context) {
    return tag(roles, await roleNamed(context, input.RoleName), input.Tags);
  },

  async UntagRole(input, context) {
    return untag(roles, await roleNamed(context, input.RoleName), input.TagKeys);
  },

  async ListRoleTags(input, context) {
    return tagPage(await roleNamed(context, input.RoleName), input);
  },
} satisfies Handlers;
