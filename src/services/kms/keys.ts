import { randomBytes, randomUUID } from 'node:crypto';
import type * as Sdk from '@aws-sdk/client-kms';
import { change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { authorisedKey, KEY_CONDITIONS, keyPermission, viaService } from './authorise.ts';
import { keys, policies } from './collections.ts';
import { unsupported, validation } from './errors.ts';
import { keyKey } from './find.ts';
import { freshKey, save } from './fresh.ts';
import { lastUseOf } from './last-use.ts';
import { withMaterial } from './new-material.ts';
import { keyOfMarker, markerOf } from './paging.ts';
import { demandNotLockedOut } from './policies.ts';
import { defaultPolicy, newPolicy } from './policy-document.ts';
import type { KeyRecord } from './records.ts';
import { algorithmsOf, shownKey } from './shown.ts';
import { specFacts } from './specs.ts';
import { refuseStates } from './state.ts';
import { newKeyIn, placeOfNewKey } from './stores/new-key.ts';
import { originOf } from './stores/origin.ts';
import { newTags, tagConditions } from './tags.ts';
import { refuseLoss, USAGE_CONDITION, withUsage } from './used-keys.ts';

const USUAL_KEYS = 100;

export const keyOperations = {
  CreateKey: {
    addsOnly: true,
    actions: ['kms:CreateKey', 'kms:PutKeyPolicy', 'kms:TagResource'],
    conditionKeys: [
      'aws:RequestTag/${TagKey}',
      'aws:ResourceTag/${TagKey}',
      'aws:TagKeys',
      'kms:BypassPolicyLockoutSafetyCheck',
      'kms:CallerAccount',
      'kms:KeyOrigin',
      'kms:KeySpec',
      'kms:KeyUsage',
      'kms:MultiRegion',
      'kms:MultiRegionKeyType',
      'kms:ViaService',
    ],
    authorise(input, callContext) {
      const { KeySpec, CustomerMasterKeySpec, KeyUsage, Origin, MultiRegion, Tags } = input;
      const context = {
        ...viaService(callContext),
        'kms:CallerAccount': callContext.account,
        'kms:KeySpec': KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT',
        'kms:KeyUsage': KeyUsage ?? 'ENCRYPT_DECRYPT',
        'kms:KeyOrigin': Origin ?? 'AWS_KMS',
        'kms:MultiRegion': MultiRegion ?? false,
        'kms:BypassPolicyLockoutSafetyCheck': input.BypassPolicyLockoutSafetyCheck ?? false,
        ...(MultiRegion && { 'kms:MultiRegionKeyType': 'PRIMARY' }),
        ...tagConditions(Tags),
      };
      const create = { action: 'kms:CreateKey', resource: '*', context };
      return Tags && Tags.length > 0 ? [create, { ...create, action: 'kms:TagResource' }] : [create];
    },
    async handle(input, context) {
      const { account, region, now } = context;
      const spec = demandSpec(input.KeySpec, input.CustomerMasterKeySpec);
      const usage = demandUsage(spec, input.KeyUsage);
      const origin = originOf(input, { spec, multiRegion: input.MultiRegion ?? false });
      const place = await placeOfNewKey(context, input);
      const tags = await newTags(context, input.Tags);
      const id = input.MultiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID();
      const policy = await newPolicy(input.Policy ?? defaultPolicy(account), context);
      const empty: KeyRecord = {
        account,
        region,
        id,
        createdAt: now.getTime(),
        description: input.Description ?? '',
        spec,
        usage,
        origin,
        enabled: true,
        materials: [],
        onDemandRotations: 0,
        tags,
        aliases: [],
        revision: 0,
        ...(input.MultiRegion && { multiRegion: { primary: region, replicas: [] } }),
      };
      if (input.Policy !== undefined && !input.BypassPolicyLockoutSafetyCheck) {
        await demandNotLockedOut(context, empty, policy);
      }
      const made = place
        ? await newKeyIn(context, place, empty, input.XksKeyId)
        : await withMaterial(context, empty);
      return change({ KeyMetadata: shownKey(made.key, now) }, [
        put(keys, keyKey(made.key), made.key, 'absent'),
        put(policies, keyKey(made.key), policy, 'absent'),
        ...made.operations,
      ]);
    },
  },

  DescribeKey: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:RequestAlias'],
    authorise: async ({ KeyId, GrantTokens }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:DescribeKey',
        alias: true,
        foreign: true,
        tokens: GrantTokens,
      }),
    ],
    async handle({ KeyId }, context) {
      return { KeyMetadata: shownKey(authorisedKey(context, KeyId).record, context.now) };
    },
  },

  GetPublicKey: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:RequestAlias'],
    authorise: async ({ KeyId, GrantTokens }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:GetPublicKey',
        alias: true,
        foreign: true,
        tokens: GrantTokens,
      }),
    ],
    async handle({ KeyId }, context) {
      const { record, arn } = authorisedKey(context, KeyId);
      const { spec, usage, publicKey } = record;
      if (spec === 'SYMMETRIC_DEFAULT' || usage === 'GENERATE_VERIFY_MAC') {
        throw unsupported(`${arn} is not an asymmetric key.`);
      }
      refuseStates(
        record,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingImport',
        'PendingReplicaDeletion',
      );
      return {
        KeyId: arn,
        PublicKey: Buffer.from(publicKey ?? '', 'base64'),
        KeySpec: spec as Sdk.KeySpec,
        CustomerMasterKeySpec: spec as Sdk.CustomerMasterKeySpec,
        KeyUsage: usage as Sdk.KeyUsageType,
        ...publicAlgorithms(usage, spec),
      };
    },
  },

  ListKeys: {
    authorise: () => [{ action: 'kms:ListKeys', resource: '*' }],
    async handle({ Limit = USUAL_KEYS, Marker }, { store, account, region }) {
      const after = keyOfMarker(Marker);
      const { records } = await store.list(keys, {
        from: after === undefined ? `${account}/${region}/` : `${account}/${region}/${after}\u0001`,
        before: `${account}/${region}0`,
        limit: Math.min(Limit + 1, 1_000),
      });
      const shown = records.slice(0, Math.min(Limit, 999));
      const last = shown.at(-1);
      return {
        Keys: shown.map(({ value: { id } }) => ({
          KeyId: id,
          KeyArn: `arn:aws:kms:${region}:${account}:key/${id}`,
        })),
        ...(last && records.length > shown.length
          ? { Truncated: true, NextMarker: markerOf(last.value.id) }
          : { Truncated: false }),
      };
    },
  },

  UpdateKeyDescription: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:UpdateKeyDescription' }),
    ],
    async handle({ KeyId, Description }, context) {
      const key = await freshKey(context, KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      return change({}, [save(key, { description: Description })]);
    },
  },

  EnableKey: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:EnableKey' }),
    ],
    async handle({ KeyId }, context) {
      const key = await freshKey(context, KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingImport', 'PendingReplicaDeletion');
      return change({}, [save(key, { enabled: true })]);
    },
  },

  DisableKey: {
    conditionKeys: [...KEY_CONDITIONS, USAGE_CONDITION],
    authorise: async ({ KeyId }, context) => [
      await withUsage(context, KeyId, await keyPermission(context, KeyId, { action: 'kms:DisableKey' })),
    ],
    async handle({ KeyId }, context) {
      const key = await freshKey(context, KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingImport', 'PendingReplicaDeletion');
      await refuseLoss(key.value, context);
      return change({}, [save(key, { enabled: false })]);
    },
  },

  GetKeyLastUsage: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:GetKeyLastUsage' }),
    ],
    async handle({ KeyId }, context) {
      const { value } = await freshKey(context, KeyId);
      const use = await lastUseOf(context, value);
      const created = new Date(value.createdAt);
      return {
        KeyId: value.id,
        KeyCreationDate: created,
        TrackingStartDate: created,
        KeyLastUsage: use
          ? {
              Operation: use.operation as Sdk.KeyLastUsageTrackingOperation,
              Timestamp: new Date(use.at),
              KmsRequestId: use.requestId,
            }
          : {},
      };
    },
  },
} satisfies Operations<typeof Sdk>;

function publicAlgorithms(usage: string, spec: string) {
  const { MacAlgorithms: _mac, ...algorithms } = algorithmsOf(usage, specFacts(spec));
  return algorithms;
}

function demandSpec(spec: string | undefined, older: string | undefined): string {
  if (spec !== undefined && older !== undefined && spec !== older) {
    throw validation('KeySpec and CustomerMasterKeySpec cannot both be set.');
  }
  const asked = spec ?? older ?? 'SYMMETRIC_DEFAULT';
  if (asked === 'SM2') throw unsupported('KeySpec SM2 is only supported in China Regions.');
  return asked;
}

function demandUsage(spec: string, usage: string | undefined): string {
  const usages = specFacts(spec)?.usages ?? [];
  if (usage === undefined) {
    if (spec === 'SYMMETRIC_DEFAULT') return 'ENCRYPT_DECRYPT';
    throw validation(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  if (!usages.includes(usage)) throw validation(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  return usage;
}
