import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { groups, users } from './collections.ts';
import { exists, overQuota, stillUsed } from './errors.ts';
import { demandRoom, eachOf, erase, groupNamed, NOTHING_HELD, named, save, userNamed } from './find.ts';
import type { Handlers } from './handlers.ts';
import { pageOf, pageOfNamed, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { GroupRecord } from './records.ts';
import { shownGroup, shownUser } from './shown.ts';

export const groupOperations = {
  async CreateGroup(input, context) {
    const { store, account, ports } = context;
    if (await named(store, groups, account, input.GroupName)) {
      throw exists(`Group with name ${input.GroupName} already exists.`);
    }
    await demandRoom(context, groups, 'GroupsPerAccount');
    const group: GroupRecord = {
      account,
      id: ports.credentials.mintUniqueId('AGPA'),
      name: input.GroupName,
      path: input.Path ?? '/',
      createdAt: context.now.getTime(),
      tags: [],
      ...NOTHING_HELD,
      members: [],
    };
    return change({ Group: shownGroup(group) }, [put(groups, group.id, group, 'absent')]);
  },

  async GetGroup(input, context) {
    const { value } = await groupNamed(context, input.GroupName);
    const members = await eachOf(context.store, users, value.members);
    const page = pageOf(members, (member) => member.value.name.toLowerCase(), input);
    const shown = page.items.map((member) => shownUser(member.value));
    return { Group: shownGroup(value), Users: shown, ...paging(page) };
  },

  async ListGroups(input, { store, account }) {
    const page = await pageOfNamed(store, groups, account, input);
    return { Groups: page.items.map(({ value }) => shownGroup(value)), ...paging(page) };
  },

  async UpdateGroup(input, context) {
    const group = await groupNamed(context, input.GroupName);
    const name = input.NewGroupName ?? group.value.name;
    const other = await named(context.store, groups, context.account, name);
    if (other !== undefined && other.key !== group.key) {
      throw exists(`Group with name ${name} already exists.`);
    }
    return change({}, [save(groups, group, { name, path: input.NewPath ?? group.value.path })]);
  },

  async DeleteGroup(input, context) {
    const group = await groupNamed(context, input.GroupName);
    const { members, attached, inline } = group.value;
    if (members.length > 0) throw stillUsed('Cannot delete entity, must remove users from group first.');
    if (attached.length > 0) throw stillUsed('Cannot delete entity, must detach all policies first.');
    if (inline.length > 0) throw stillUsed('Cannot delete entity, must delete policies first.');
    return change({}, [erase(groups, group)]);
  },

  /** Both sides note the membership, so that neither can go while the other stays. */
  async AddUserToGroup(input, context) {
    const group = await groupNamed(context, input.GroupName);
    const user = await userNamed(context, input.UserName);
    if (user.value.groups.includes(group.key)) return {};
    if (user.value.groups.length >= QUOTAS.GroupsPerUser) {
      throw overQuota('GroupsPerUser', QUOTAS.GroupsPerUser);
    }
    return change({}, [
      save(groups, group, { members: [...group.value.members, user.key] }),
      save(users, user, { groups: [...user.value.groups, group.key] }),
    ]);
  },

  async RemoveUserFromGroup(input, context) {
    const group = await groupNamed(context, input.GroupName);
    const user = await userNamed(context, input.UserName);
    if (!user.value.groups.includes(group.key)) return {};
    return change({}, [
      save(groups, group, { members: group.value.members.filter((id) => id !== user.key) }),
      save(users, user, { groups: user.value.groups.filter((id) => id !== group.key) }),
    ]);
  },
} satisfies Handlers;
