import type { InstanceProfile } from '@aws-sdk/client-iam';
import type { StoreReader } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { instanceProfiles, roles } from './collections.ts';
import { exists, NO_SUCH, overQuota, stillUsed } from './errors.ts';
import { byId, demandRoom, eachOf, erase, named, profileNamed, roleNamed, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { arnOf } from './names.ts';
import { pageOf, pageOfNamed, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { InstanceProfileRecord } from './records.ts';
import { shownRole } from './roles.ts';
import { newTags, shownTags, tag, tagPage, untag } from './tags.ts';

/** An instance profile with its role, as lists show it. */
export async function shownProfile(
  store: StoreReader,
  profile: InstanceProfileRecord,
): Promise<InstanceProfile> {
  const role = profile.role === undefined ? undefined : await byId(store, roles, profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: arnOf('instance-profile', profile),
    CreateDate: new Date(profile.createdAt),
    Roles: role ? [await shownRole(store, role.value)] : [],
  };
}

export const instanceProfileOperations = {
  async CreateInstanceProfile(input, context) {
    const { store, account, ports } = context;
    const tags = newTags(input.Tags);
    if (await named(store, instanceProfiles, account, input.InstanceProfileName)) {
      throw exists(`Instance Profile ${input.InstanceProfileName} already exists.`);
    }
    await demandRoom(context, instanceProfiles, 'InstanceProfilesPerAccount');
    const profile: InstanceProfileRecord = {
      account,
      id: ports.credentials.mintUniqueId('AIPA'),
      name: input.InstanceProfileName,
      path: input.Path ?? '/',
      createdAt: context.now.getTime(),
      tags,
    };
    const shown = { ...(await shownProfile(store, profile)), ...shownTags(tags) };
    return change({ InstanceProfile: shown }, [put(instanceProfiles, profile.id, profile, 'absent')]);
  },

  async GetInstanceProfile(input, context) {
    const { value } = await profileNamed(context, input.InstanceProfileName);
    const shown = await shownProfile(context.store, value);
    return { InstanceProfile: { ...shown, ...shownTags(value.tags) } };
  },

  async ListInstanceProfiles(input, { store, account }) {
    const page = await pageOfNamed(store, instanceProfiles, account, input);
    const shown = await Promise.all(page.items.map(({ value }) => shownProfile(store, value)));
    return { InstanceProfiles: shown, ...paging(page) };
  },

  async ListInstanceProfilesForRole(input, context) {
    const role = await roleNamed(context, input.RoleName);
    const found = await eachOf(context.store, instanceProfiles, role.value.profiles);
    const page = pageOf(found, ({ value }) => value.name.toLowerCase(), input);
    const shown = await Promise.all(page.items.map(({ value }) => shownProfile(context.store, value)));
    return { InstanceProfiles: shown, ...paging(page) };
  },

  async DeleteInstanceProfile(input, context) {
    const profile = await profileNamed(context, input.InstanceProfileName);
    if (profile.value.role !== undefined) {
      throw stillUsed('Cannot delete entity, must remove roles from instance profile first.');
    }
    return change({}, [erase(instanceProfiles, profile)]);
  },

  async AddRoleToInstanceProfile(input, context) {
    const profile = await profileNamed(context, input.InstanceProfileName);
    const role = await roleNamed(context, input.RoleName);
    const quota = 'InstanceSessionsPerInstanceProfile';
    if (profile.value.role !== undefined) throw overQuota(quota, QUOTAS[quota]);
    return change({}, [
      save(instanceProfiles, profile, { role: role.key }),
      save(roles, role, { profiles: [...role.value.profiles, profile.key] }),
    ]);
  },

  async RemoveRoleFromInstanceProfile(input, context) {
    const profile = await profileNamed(context, input.InstanceProfileName);
    const role = await roleNamed(context, input.RoleName);
    const { role: held, ...rest } = profile.value;
    if (held !== role.key) throw NO_SUCH.role(input.RoleName);
    return change({}, [
      put(instanceProfiles, profile.key, rest, profile.version),
      save(roles, role, { profiles: role.value.profiles.filter((id) => id !== profile.key) }),
    ]);
  },

  async TagInstanceProfile(input, context) {
    return tag(instanceProfiles, await profileNamed(context, input.InstanceProfileName), input.Tags);
  },

  async UntagInstanceProfile(input, context) {
    return untag(instanceProfiles, await profileNamed(context, input.InstanceProfileName), input.TagKeys);
  },

  async ListInstanceProfileTags(input, context) {
    return tagPage(await profileNamed(context, input.InstanceProfileName), input);
  },
} satisfies Handlers;
