import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { groups, users } from './collections.ts';
import { exists, stillUsed } from './errors.ts';
import {
  demandRoom,
  eachOf,
  erase,
  NO_CREDENTIALS,
  NOTHING_HELD,
  named,
  save,
  userNamed,
  userOrCaller,
} from './find.ts';
import type { Handlers } from './handlers.ts';
import { countUse, demandAttachable, managedPolicy } from './managed-policies.ts';
import { pageOf, pageOfNamed, paging } from './paging.ts';
import type { UserRecord } from './records.ts';
import { shownGroup, shownUser, shownUserWhole } from './shown.ts';
import { newTags, tag, tagPage, untag } from './tags.ts';

export const userOperations = {
  async CreateUser(input, context) {
    const { store, account, ports } = context;
    const boundary = input.PermissionsBoundary;
    const tags = newTags(input.Tags);
    if (await named(store, users, account, input.UserName)) {
      throw exists(`User with name ${input.UserName} already exists.`);
    }
    await demandRoom(context, users, 'UsersPerAccount');
    const bounding = boundary === undefined ? undefined : await demandAttachable(store, account, boundary);
    const user: UserRecord = {
      account,
      id: ports.credentials.mintUniqueId('AIDA'),
      name: input.UserName,
      path: input.Path ?? '/',
      createdAt: context.now.getTime(),
      tags,
      ...NOTHING_HELD,
      ...NO_CREDENTIALS,
      groups: [],
      ...(boundary === undefined ? {} : { boundary }),
    };
    return change({ User: shownUserWhole(user) }, [
      put(users, user.id, user, 'absent'),
      ...(bounding ? [countUse(bounding, { boundaries: 1 })] : []),
    ]);
  },

  async GetUser(input, context) {
    const { value } = await userOrCaller(context, input.UserName);
    const used = value.passwordLastUsed;
    return { User: { ...shownUserWhole(value), ...(used ? { PasswordLastUsed: new Date(used) } : {}) } };
  },

  async ListUsers(input, { store, account }) {
    const page = await pageOfNamed(store, users, account, input);
    return { Users: page.items.map(({ value }) => shownUser(value)), ...paging(page) };
  },

  async UpdateUser(input, context) {
    const user = await userNamed(context, input.UserName);
    const name = input.NewUserName ?? user.value.name;
    const other = await named(context.store, users, context.account, name);
    if (other !== undefined && other.key !== user.key) {
      throw exists(`User with name ${name} already exists.`);
    }
    return change({}, [save(users, user, { name, path: input.NewPath ?? user.value.path })]);
  },

  async DeleteUser(input, context) {
    const user = await userNamed(context, input.UserName);
    const reason = heldBy(user.value);
    if (reason !== undefined) throw stillUsed(`Cannot delete entity, must ${reason} first.`);
    const { boundary } = user.value;
    const bounding =
      boundary === undefined ? undefined : await managedPolicy(context.store, context.account, boundary);
    return change({}, [erase(users, user), ...(bounding ? [countUse(bounding, { boundaries: -1 })] : [])]);
  },

  async ListGroupsForUser(input, context) {
    const user = await userNamed(context, input.UserName);
    const found = await eachOf(context.store, groups, user.value.groups);
    const page = pageOf(found, ({ value }) => value.name.toLowerCase(), input);
    return { Groups: page.items.map(({ value }) => shownGroup(value)), ...paging(page) };
  },

  async TagUser(input, context) {
    return tag(users, await userNamed(context, input.UserName), input.Tags);
  },

  async UntagUser(input, context) {
    return untag(users, await userNamed(context, input.UserName), input.TagKeys);
  },

  async ListUserTags(input, context) {
    return tagPage(await userNamed(context, input.UserName), input);
  },
} satisfies Handlers;

/** What still hangs on a user: it must go before the user can. */
function heldBy(user: UserRecord): string | undefined {
  if (user.attached.length > 0) return 'detach all policies';
  if (user.inline.length > 0) return 'delete policies';
  if (user.groups.length > 0) return 'remove users from group';
  if (user.login !== undefined) return 'delete login profile';
  if (user.accessKeys.length > 0) return 'delete access keys';
  if (user.mfaDevices.length > 0) return 'delete MFA device';
  if (user.signingCertificates.length > 0) return 'delete signing certificates';
  const references = user.sshKeys.length + user.serviceCredentials.length;
  return references > 0 ? 'remove referenced objects' : undefined;
}
