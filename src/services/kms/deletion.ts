import type * as Sdk from '@aws-sdk/client-kms';
import { change, type Operations } from '../../platform/service.ts';
import { put, remove } from '../../store/operations.ts';
import type { Operation, Store, StoredRecord } from '../../store/store.ts';
import { KEY_CONDITIONS, keyPermission } from './authorise.ts';
import { aliases, goneKeys, grants, keys, lastUses, materials, policies } from './collections.ts';
import { invalidState, validation } from './errors.ts';
import { aliasKey, grantsOf, keyArn, relatedKeys } from './find.ts';
import { freshKey, save } from './fresh.ts';
import { changingKeys } from './known-keys.ts';
import { materialKey } from './material.ts';
import type { KeyRecord } from './records.ts';
import { refuseStates, stateOf } from './state.ts';
import { refuseLoss, USAGE_CONDITION, withUsage } from './used-keys.ts';

const DAY_MILLISECONDS = 24 * 3_600_000;
const USUAL_DAYS = 30;

export const deletion = {
  ScheduleKeyDeletion: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:ScheduleKeyDeletionPendingWindowInDays', USAGE_CONDITION],
    authorise: async ({ KeyId, PendingWindowInDays }, context) => {
      const permission = await keyPermission(context, KeyId, {
        action: 'kms:ScheduleKeyDeletion',
        context: { 'kms:ScheduleKeyDeletionPendingWindowInDays': PendingWindowInDays ?? USUAL_DAYS },
      });
      return [await withUsage(context, KeyId, permission)];
    },
    async handle({ KeyId, PendingWindowInDays: days = USUAL_DAYS }, context) {
      if (days < 7 || days > 30)
        throw validation('PendingWindowInDays must be between 7 and 30 (inclusive).');
      const key = await freshKey(context, KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      await refuseLoss(key.value, context);
      const KeyIdArn = keyArn(key.value);
      const { multiRegion, region } = key.value;
      if (multiRegion && multiRegion.primary === region && multiRegion.replicas.length > 0) {
        return change({ KeyId: KeyIdArn, KeyState: 'PendingReplicaDeletion', PendingWindowInDays: days }, [
          save(key, { awaitsReplicas: { days } }),
        ]);
      }
      const at = context.now.getTime() + days * DAY_MILLISECONDS;
      return change(
        {
          KeyId: KeyIdArn,
          DeletionDate: new Date(at),
          KeyState: 'PendingDeletion',
          PendingWindowInDays: days,
        },
        [save(key, { deletion: { at, days } })],
      );
    },
  },

  CancelKeyDeletion: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:CancelKeyDeletion' }),
    ],
    async handle({ KeyId }, context) {
      const key = await freshKey(context, KeyId);
      const state = stateOf(key.value, context.now.getTime());
      if (state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion') {
        throw invalidState(`${keyArn(key.value)} is not pending deletion.`);
      }
      const { deletion: _deletion, awaitsReplicas: _awaits, ...rest } = key.value;
      return change({ KeyId: keyArn(key.value) }, [
        { ...save(key, {}), value: { ...rest, enabled: false } } as Operation,
      ]);
    },
  },
} satisfies Operations<typeof Sdk>;

/** The most grants that are removed with a key in one transaction; the rest goes in transactions before it. */
const GRANTS_AT_ONCE = 500;

/** Deletes a key whose time has come, with everything that belongs to it. @returns the materials that are gone. */
export async function deleteKey(
  store: Store,
  key: StoredRecord<KeyRecord>,
  now: number,
): Promise<readonly { readonly account: string; readonly keyId: string; readonly materialId: string }[]> {
  const { account, region, id } = key.value;
  let held = await grantsOf(store, key.key);
  while (held.length > GRANTS_AT_ONCE) {
    const first = held.slice(0, GRANTS_AT_ONCE);
    const removed = first.map((each) => remove(grants, `${key.key}/${each.id}`));
    await store.transact(changingKeys(removed, now));
    held = held.slice(GRANTS_AT_ONCE);
  }
  const others = (await relatedKeys(store, key.value)).filter((each) => each.key !== key.key);
  const gone = others.length === 0 ? key.value.materials : [];
  const removed = [
    remove(keys, key.key, key.version),
    remove(policies, key.key),
    remove(lastUses, key.key),
    ...held.map((each) => remove(grants, `${key.key}/${each.id}`)),
    ...key.value.aliases.map((name) => remove(aliases, aliasKey(account, region, name))),
    ...gone.map((each) => remove(materials, materialKey(account, id, each.id))),
    ...others.map((each) => withoutReplica(each, region, now)),
    ...(others.length === 0
      ? [put(goneKeys, key.key, { account, region, id, aliases: key.value.aliases, at: now })]
      : []),
  ];
  await store.transact(changingKeys(removed, now));
  return gone.map((each) => ({ account, keyId: id, materialId: each.id }));
}

/** A primary key that waited for its last replica begins its own waiting period now. */
function withoutReplica(key: StoredRecord<KeyRecord>, region: string, now: number): Operation {
  const { multiRegion, awaitsReplicas, ...rest } = key.value;
  if (!multiRegion) return save(key, {});
  const replicas = multiRegion.replicas.filter((each) => each !== region);
  const begins = awaitsReplicas !== undefined && replicas.length === 0;
  const value: KeyRecord = {
    ...rest,
    multiRegion: { ...multiRegion, replicas },
    ...(begins && {
      deletion: { at: now + awaitsReplicas.days * DAY_MILLISECONDS, days: awaitsReplicas.days },
    }),
    ...(awaitsReplicas && !begins && { awaitsReplicas }),
  };
  return { ...save(key, {}), value } as Operation;
}
