import type { CallContext } from '../../platform/context.ts';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { accessKeys, users } from './collections.ts';
import { NO_SUCH, overQuota } from './errors.ts';
import { byId, eachOf, erase, type Found, save, userOrCaller } from './find.ts';
import type { Handlers } from './handlers.ts';
import { pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { AccessKeyRecord, UserRecord } from './records.ts';
import { moment } from './shown.ts';

/** What the secret of an access key is sealed for. */
export function secretPurpose(accessKeyId: string): string {
  return `iam/access-key/${accessKeyId}`;
}

function demandOwned(user: Found<UserRecord>, accessKeyId: string): void {
  if (!user.value.accessKeys.includes(accessKeyId)) throw NO_SUCH.accessKey(accessKeyId);
}

async function ownKey(
  { store }: CallContext,
  user: Found<UserRecord>,
  accessKeyId: string,
): Promise<Found<AccessKeyRecord>> {
  demandOwned(user, accessKeyId);
  const key = await byId(store, accessKeys, accessKeyId);
  if (key === undefined) throw NO_SUCH.accessKey(accessKeyId);
  return key;
}

export const accessKeyOperations = {
  async CreateAccessKey(input, context) {
    const { ports, account, now } = context;
    const user = await userOrCaller(context, input.UserName);
    const held = user.value.accessKeys;
    if (held.length >= QUOTAS.AccessKeysPerUser) {
      throw overQuota('AccessKeysPerUser', QUOTAS.AccessKeysPerUser);
    }
    const { accessKeyId, secretAccessKey } = ports.credentials.mintAccessKey(account);
    const key: AccessKeyRecord = {
      accessKeyId,
      account,
      userId: user.key,
      secret: await ports.seal.seal(secretAccessKey, secretPurpose(accessKeyId)),
      status: 'Active',
      createdAt: now.getTime(),
    };
    const AccessKey = {
      UserName: user.value.name,
      AccessKeyId: accessKeyId,
      Status: key.status,
      SecretAccessKey: secretAccessKey,
      CreateDate: now,
    };
    return change({ AccessKey }, [
      save(users, user, { accessKeys: [...held, accessKeyId] }),
      put(accessKeys, accessKeyId, key, 'absent'),
    ]);
  },

  async ListAccessKeys(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const keys = await eachOf(context.store, accessKeys, user.value.accessKeys);
    const page = pageOf(keys, ({ key }) => key, input);
    const shown = page.items.map(({ value }) => ({
      UserName: user.value.name,
      AccessKeyId: value.accessKeyId,
      Status: value.status,
      CreateDate: new Date(value.createdAt),
    }));
    return { AccessKeyMetadata: shown, ...paging(page) };
  },

  async UpdateAccessKey(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const key = await ownKey(context, user, input.AccessKeyId);
    return change({}, [save(accessKeys, key, { status: input.Status === 'Active' ? 'Active' : 'Inactive' })]);
  },

  async DeleteAccessKey(input, context) {
    const user = await userOrCaller(context, input.UserName);
    const key = await ownKey(context, user, input.AccessKeyId);
    const rest = user.value.accessKeys.filter((id) => id !== input.AccessKeyId);
    return change({}, [save(users, user, { accessKeys: rest }), erase(accessKeys, key)]);
  },

  async GetAccessKeyLastUsed(input, context) {
    const key = await byId(context.store, accessKeys, input.AccessKeyId);
    if (key === undefined || key.value.account !== context.account)
      throw NO_SUCH.accessKey(input.AccessKeyId);
    const owner = await byId(context.store, users, key.value.userId);
    const use = await context.ports.usage.lastUseOfKey(input.AccessKeyId);
    const AccessKeyLastUsed = use
      ? { LastUsedDate: moment(use.at), ServiceName: use.service, Region: use.region }
      : { ServiceName: 'N/A', Region: 'N/A', LastUsedDate: undefined };
    return { ...(owner ? { UserName: owner.value.name } : {}), AccessKeyLastUsed };
  },
} satisfies Handlers;
