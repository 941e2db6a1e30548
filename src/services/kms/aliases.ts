import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext, Permission } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put, remove } from '../../store/operations.ts';
import type { StoredRecord } from '../../store/store.ts';
import { KEY_CONDITIONS, keyPermission, permissionAt, viaService } from './authorise.ts';
import { aliases, keys } from './collections.ts';
import { limitExceeded, notFound, validation } from './errors.ts';
import { aliasKey, keyKey } from './find.ts';
import { freshKey, save } from './fresh.ts';
import { keyOfMarker, markerOf } from './paging.ts';
import type { AliasRecord } from './records.ts';
import { refuseStates } from './state.ts';

const MOST_ALIASES = 50;
const USUAL_ALIASES = 50;
const PREFIX =
  'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html';

export const aliasOperations = {
  CreateAlias: {
    conditionKeys: [...KEY_CONDITIONS],
    async authorise({ AliasName, TargetKeyId }, context) {
      demandName(AliasName);
      demandTarget(TargetKeyId);
      return [
        aliasPermission(context, 'kms:CreateAlias', AliasName),
        await keyPermission(context, TargetKeyId, { action: 'kms:CreateAlias' }),
      ];
    },
    async handle({ AliasName, TargetKeyId }, context) {
      const { account, region, store, now } = context;
      const at = aliasKey(account, region, AliasName);
      if (await store.get(aliases, at)) {
        throw awsError(
          'AlreadyExistsException',
          `An alias with the name ${arnOf(context, AliasName)} already exists`,
        );
      }
      const key = await freshKey(context, TargetKeyId);
      refuseStates(key.value, now, 'PendingDeletion', 'PendingReplicaDeletion');
      if (key.value.aliases.length >= MOST_ALIASES) throw limitExceeded('A key has at most 50 aliases.');
      const moment = now.getTime();
      const alias: AliasRecord = {
        account,
        region,
        name: AliasName,
        keyId: key.value.id,
        createdAt: moment,
        updatedAt: moment,
      };
      return change({}, [
        put(aliases, at, alias, 'absent'),
        save(key, { aliases: [...key.value.aliases, AliasName].sort() }),
      ]);
    },
  },

  UpdateAlias: {
    conditionKeys: [...KEY_CONDITIONS],
    async authorise({ AliasName, TargetKeyId }, context) {
      demandName(AliasName);
      demandTarget(TargetKeyId);
      const { value } = await demandAlias(context, AliasName);
      const { account, region } = context;
      const before = { account, region, id: value.keyId };
      return [
        aliasPermission(context, 'kms:UpdateAlias', AliasName),
        await permissionAt(context, before, '(the key before)', { action: 'kms:UpdateAlias' }),
        await keyPermission(context, TargetKeyId, { action: 'kms:UpdateAlias' }),
      ];
    },
    async handle({ AliasName, TargetKeyId }, context) {
      const { account, region, store, now } = context;
      const alias = await demandAlias(context, AliasName);
      const key = await freshKey(context, TargetKeyId);
      const before = await store.get(keys, keyKey({ account, region, id: alias.value.keyId }));
      refuseStates(key.value, now, 'PendingDeletion', 'PendingReplicaDeletion');
      const asymmetric = (spec: string) => spec !== 'SYMMETRIC_DEFAULT';
      const alike =
        !before ||
        (before.value.usage === key.value.usage &&
          asymmetric(before.value.spec) === asymmetric(key.value.spec));
      if (!alike) throw validation('The current and new key must be of the same type and usage.');
      const moved = put(
        aliases,
        alias.key,
        { ...alias.value, keyId: key.value.id, updatedAt: now.getTime() },
        alias.version,
      );
      if (before?.key === key.key) return change({}, [moved]);
      if (key.value.aliases.length >= MOST_ALIASES) throw limitExceeded('A key has at most 50 aliases.');
      return change({}, [
        moved,
        save(key, { aliases: [...key.value.aliases, AliasName].sort() }),
        ...(before ? [save(before, { aliases: without(before.value.aliases, AliasName) })] : []),
      ]);
    },
  },

  DeleteAlias: {
    conditionKeys: [...KEY_CONDITIONS],
    async authorise({ AliasName }, context) {
      demandName(AliasName);
      const { value } = await demandAlias(context, AliasName);
      const { account, region } = context;
      const target = { account, region, id: value.keyId };
      return [
        aliasPermission(context, 'kms:DeleteAlias', AliasName),
        await permissionAt(context, target, '(the key)', { action: 'kms:DeleteAlias' }),
      ];
    },
    async handle({ AliasName }, context) {
      const { account, region, store } = context;
      const alias = await demandAlias(context, AliasName);
      const key = await store.get(keys, keyKey({ account, region, id: alias.value.keyId }));
      return change({}, [
        remove(aliases, alias.key, alias.version),
        ...(key ? [save(key, { aliases: without(key.value.aliases, AliasName) })] : []),
      ]);
    },
  },

  ListAliases: {
    authorise: () => [{ action: 'kms:ListAliases', resource: '*' }],
    async handle({ KeyId, Limit = USUAL_ALIASES, Marker }, context) {
      const { store, account, region } = context;
      const after = keyOfMarker(Marker);
      const most = Math.min(Limit, 999);
      const key = KeyId === undefined ? undefined : await freshKey(context, KeyId);
      const records = key
        ? await ofKey(context, key.value.aliases, after)
        : (
            await store.list(aliases, {
              from: after === undefined ? `${account}/${region}/` : `${account}/${region}/${after}\u0001`,
              before: `${account}/${region}0`,
              limit: most + 1,
            })
          ).records;
      const shown = records.slice(0, most);
      const last = shown.at(-1);
      return {
        Aliases: shown.map(({ value }) => ({
          AliasName: value.name,
          AliasArn: arnOf(context, value.name),
          TargetKeyId: value.keyId,
          CreationDate: new Date(value.createdAt),
          LastUpdatedDate: new Date(value.updatedAt),
        })),
        ...(last && records.length > shown.length
          ? { Truncated: true, NextMarker: markerOf(last.value.name) }
          : { Truncated: false }),
      };
    },
  },
} satisfies Operations<typeof Sdk>;

async function ofKey(
  { store, account, region }: CallContext,
  names: readonly string[],
  after: string | undefined,
): Promise<readonly StoredRecord<AliasRecord>[]> {
  const wanted = names.filter((name) => after === undefined || name > after);
  const found = await Promise.all(wanted.map((name) => store.get(aliases, aliasKey(account, region, name))));
  return found.filter((each) => each !== undefined);
}

/** @throws AwsError ValidationException, NotAuthorizedException */
function demandName(name: string): void {
  if (!name.startsWith('alias/')) throw validation(PREFIX);
  if (name.startsWith('alias/aws/') || name === 'alias/aws') throw awsError('NotAuthorizedException', '');
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw validation(`${name} contains invalid characters for an alias`);
  }
}

function demandTarget(target: string): void {
  if (target.includes('alias/')) throw validation('Aliases must refer to keys. Not aliases');
}

async function demandAlias(context: CallContext, name: string): Promise<StoredRecord<AliasRecord>> {
  const { store, account, region } = context;
  const found = await store.get(aliases, aliasKey(account, region, name));
  if (!found) throw notFound.alias(arnOf(context, name));
  return found;
}

function aliasPermission(context: CallContext, action: string, name: string): Permission {
  return {
    action,
    resource: arnOf(context, name),
    context: { ...viaService(context), 'kms:CallerAccount': context.account },
  };
}

function arnOf({ account, region }: Pick<CallContext, 'account' | 'region'>, name: string): string {
  return `arn:aws:kms:${region}:${account}:${name}`;
}

function without(names: readonly string[], name: string): readonly string[] {
  return names.filter((each) => each !== name);
}
