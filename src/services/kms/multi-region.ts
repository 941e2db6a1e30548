import type * as Sdk from '@aws-sdk/client-kms';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { KEY_CONDITIONS, keyPermission, permissionAt } from './authorise.ts';
import { keys, policies } from './collections.ts';
import { unsupported, validation } from './errors.ts';
import { keyArn, keyKey, placeOf } from './find.ts';
import { freshKey, saveShared } from './fresh.ts';
import { demandNotLockedOut } from './policies.ts';
import { defaultPolicy, newPolicy } from './policy-document.ts';
import type { KeyRecord } from './records.ts';
import { shownKey } from './shown.ts';
import { refuseStates } from './state.ts';
import { newTags, tagConditions } from './tags.ts';

export const multiRegion = {
  ReplicateKey: {
    actions: ['kms:ReplicateKey', 'kms:CreateKey', 'kms:TagResource', 'kms:PutKeyPolicy'],
    conditionKeys: [
      ...KEY_CONDITIONS,
      'kms:ReplicaRegion',
      'kms:BypassPolicyLockoutSafetyCheck',
      'aws:RequestTag/${TagKey}',
      'aws:TagKeys',
    ],
    async authorise(input, context) {
      const { KeyId, ReplicaRegion, Tags, BypassPolicyLockoutSafetyCheck } = input;
      const replicate = await keyPermission(context, KeyId, {
        action: 'kms:ReplicateKey',
        context: { 'kms:ReplicaRegion': ReplicaRegion },
      });
      const create = {
        action: 'kms:CreateKey',
        resource: '*',
        context: {
          'kms:CallerAccount': context.account,
          'kms:MultiRegion': true,
          'kms:MultiRegionKeyType': 'REPLICA',
          'kms:BypassPolicyLockoutSafetyCheck': BypassPolicyLockoutSafetyCheck ?? false,
          ...tagConditions(Tags),
        },
      };
      const tag = { ...create, action: 'kms:TagResource' };
      return Tags && Tags.length > 0 ? [replicate, create, tag] : [replicate, create];
    },
    async handle(input, context) {
      const { value } = await freshKey(context, input.KeyId);
      const { ReplicaRegion } = input;
      if (!value.multiRegion) throw unsupported(`${keyArn(value)} is not a multi-Region key.`);
      if (value.multiRegion.primary !== value.region)
        throw unsupported(`${keyArn(value)} is not a primary key.`);
      refuseStates(
        value,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingReplicaDeletion',
        'PendingImport',
      );
      if (ReplicaRegion === value.region)
        throw validation('The replica Region is the Region of the primary key.');
      const exists = await context.store.get(keys, keyKey({ ...value, region: ReplicaRegion }));
      if (exists) {
        throw awsError(
          'AlreadyExistsException',
          `${keyArn({ ...value, region: ReplicaRegion })} already exists`,
        );
      }
      const tags = await newTags(context, input.Tags);
      const policy = await newPolicy(input.Policy ?? defaultPolicy(value.account), context);
      const regions = {
        ...value.multiRegion,
        replicas: [...value.multiRegion.replicas, ReplicaRegion].sort(),
      };
      const { rotation, current, publicKey } = value;
      const imported = value.origin === 'EXTERNAL';
      const replica: KeyRecord = {
        account: value.account,
        region: ReplicaRegion,
        id: value.id,
        createdAt: context.now.getTime(),
        description: input.Description ?? '',
        spec: value.spec,
        usage: value.usage,
        origin: value.origin,
        enabled: true,
        // Imported material has to be imported into every Region, as in AWS.
        materials: imported ? value.materials.map((each) => ({ ...each, missing: true })) : value.materials,
        onDemandRotations: value.onDemandRotations,
        tags,
        aliases: [],
        revision: 0,
        multiRegion: regions,
        ...(current !== undefined && { current }),
        ...(rotation && { rotation }),
        ...(publicKey !== undefined && { publicKey }),
      };
      if (input.Policy !== undefined && !input.BypassPolicyLockoutSafetyCheck) {
        await demandNotLockedOut(context, replica, policy);
      }
      return change(
        {
          ReplicaKeyMetadata: shownKey(replica, context.now),
          ReplicaPolicy: policy.text,
          ReplicaTags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
        },
        [
          put(keys, keyKey(replica), replica, 'absent'),
          put(policies, keyKey(replica), policy),
          ...(await saveShared(context, value, () => ({ multiRegion: regions }))),
        ],
      );
    },
  },

  UpdatePrimaryRegion: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:PrimaryRegion'],
    async authorise({ KeyId, PrimaryRegion }, context) {
      const question = { action: 'kms:UpdatePrimaryRegion', context: { 'kms:PrimaryRegion': PrimaryRegion } };
      const primary = await keyPermission(context, KeyId, question);
      const { account, id = '' } = placeOf(KeyId, context);
      const there = await context.store.get(keys, keyKey({ account, region: PrimaryRegion, id }));
      if (!there) return [primary];
      const place = { account, region: PrimaryRegion, id };
      return [primary, await permissionAt(context, place, '(the replica)', question)];
    },
    async handle({ KeyId, PrimaryRegion }, context) {
      const { value } = await freshKey(context, KeyId);
      const { multiRegion: regions } = value;
      if (!regions) throw unsupported(`${keyArn(value)} is not a multi-Region key.`);
      if (regions.primary !== value.region) throw unsupported(`${keyArn(value)} is not a primary key.`);
      refuseStates(
        value,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingReplicaDeletion',
        'PendingImport',
      );
      if (!regions.replicas.includes(PrimaryRegion)) {
        throw awsError('NotFoundException', `${keyArn({ ...value, region: PrimaryRegion })} does not exist`);
      }
      const others = regions.replicas.filter((each) => each !== PrimaryRegion);
      const moved = { primary: PrimaryRegion, replicas: [...others, value.region].sort() };
      return change({}, await saveShared(context, value, () => ({ multiRegion: moved })));
    },
  },
} satisfies Operations<typeof Sdk>;
