import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext } from '../../platform/context.ts';
import { change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { authorisedKey, KEY_CONDITIONS, keyPermission } from './authorise.ts';
import { materials } from './collections.ts';
import { invalidState, limitExceeded, unsupported, wrongOrigin } from './errors.ts';
import { keyArn } from './find.ts';
import { freshKey, saveShared } from './fresh.ts';
import { accountKeyFor, kept, materialKey } from './material.ts';
import { pageOf } from './paging.ts';
import type { KeyRecord, MaterialFacts } from './records.ts';
import { refuseStates } from './state.ts';

const DAY_MILLISECONDS = 24 * 3_600_000;
const USUAL_DAYS = 365;
/** Source: AWS KMS Developer Guide, "Resource quotas". */
const MOST_ON_DEMAND = 25;
const USUAL_ROTATIONS = 100;

export const rotation = {
  EnableKeyRotation: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:RotationPeriodInDays'],
    authorise: async ({ KeyId, RotationPeriodInDays }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:EnableKeyRotation',
        context: { 'kms:RotationPeriodInDays': RotationPeriodInDays ?? USUAL_DAYS },
      }),
    ],
    async handle({ KeyId, RotationPeriodInDays: days = USUAL_DAYS }, context) {
      const { value } = await freshKey(context, KeyId);
      demandRotatable(value);
      refuseStates(
        value,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingReplicaDeletion',
        'PendingImport',
      );
      const next = (lastRotation(value) ?? context.now.getTime()) + days * DAY_MILLISECONDS;
      const set = { rotation: { days, next: Math.max(next, context.now.getTime()) } };
      return change({}, await saveShared(context, value, () => set));
    },
  },

  DisableKeyRotation: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:DisableKeyRotation' }),
    ],
    async handle({ KeyId }, context) {
      const { value } = await freshKey(context, KeyId);
      demandRotatable(value);
      refuseStates(
        value,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingReplicaDeletion',
        'PendingImport',
      );
      const saved = await saveShared(context, value, () => ({}));
      return change({}, saved.map(withoutRotation));
    },
  },

  GetKeyRotationStatus: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:GetKeyRotationStatus', foreign: true }),
    ],
    async handle({ KeyId }, context) {
      const { record, arn } = authorisedKey(context, KeyId);
      refuseKeyStore(record);
      // Of keys that cannot rotate the status is always false.
      const paused = record.deletion !== undefined || record.awaitsReplicas !== undefined;
      if (!record.rotation || paused) return { KeyId: arn, KeyRotationEnabled: false };
      return {
        KeyId: arn,
        KeyRotationEnabled: true,
        RotationPeriodInDays: record.rotation.days,
        NextRotationDate: new Date(record.rotation.next),
      };
    },
  },

  RotateKeyOnDemand: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:RotateKeyOnDemand' }),
    ],
    async handle({ KeyId }, context) {
      const { value } = await freshKey(context, KeyId);
      if (value.spec !== 'SYMMETRIC_DEFAULT') throw unsupported();
      refuseKeyStore(value);
      refuseReplica(value);
      refuseStates(
        value,
        context.now,
        'Disabled',
        'PendingDeletion',
        'PendingReplicaDeletion',
        'PendingImport',
      );
      const arn = keyArn(value);
      if (value.onDemandRotations >= MOST_ON_DEMAND) {
        throw limitExceeded(
          `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${arn}`,
        );
      }
      const made =
        value.origin === 'EXTERNAL'
          ? rotateToPending(value, context.now)
          : await rotated(context, value, 'ON_DEMAND');
      return change({ KeyId: arn }, [
        ...made.operations,
        ...(await saveShared(context, value, (each) => ({
          ...made.changed,
          onDemandRotations: each.onDemandRotations + 1,
        }))),
      ]);
    },
  },

  ListKeyRotations: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:ListKeyRotations' }),
    ],
    async handle(input, context) {
      const { value } = await freshKey(context, input.KeyId);
      if (value.spec !== 'SYMMETRIC_DEFAULT') throw unsupported();
      const everything = input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL';
      const listed = value.materials
        .map((material, index) => ({ material, order: String(index).padStart(6, '0') }))
        .filter(({ material }) => everything || material.rotatedAt !== undefined);
      const { items, ...page } = pageOf(listed, ({ order }) => order, input, USUAL_ROTATIONS);
      return { Rotations: items.map(({ material }) => shownRotation(value, material)), ...page };
    },
  },
} satisfies Operations<typeof Sdk>;

function demandRotatable(key: KeyRecord): void {
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw unsupported();
  if (key.origin !== 'AWS_KMS') throw wrongOrigin(keyArn(key), key.origin);
  refuseReplica(key);
}

/** Source: AWS KMS Developer Guide, "Unsupported features" of key stores. */
function refuseKeyStore(key: KeyRecord): void {
  if (key.keyStore) throw wrongOrigin(keyArn(key), key.origin);
}

/** Rotation belongs to the primary key; replicas follow. */
function refuseReplica(key: KeyRecord): void {
  if (key.multiRegion && key.multiRegion.primary !== key.region) {
    throw unsupported(`${keyArn(key)} is a replica key: rotate its primary key.`);
  }
}

function lastRotation({ materials: held, createdAt }: KeyRecord): number | undefined {
  return held.findLast(({ rotatedAt }) => rotatedAt !== undefined)?.rotatedAt ?? createdAt;
}

function withoutRotation(operation: Operation): Operation {
  if (operation.kind !== 'put') return operation;
  const { rotation: _rotation, ...rest } = operation.value as KeyRecord;
  return { ...operation, value: rest };
}

interface Rotated {
  readonly changed: Partial<KeyRecord>;
  readonly operations: readonly Operation[];
}

/** New material for a key; the old ones stay, so that old ciphertexts open for ever. */
export async function rotated(
  context: Pick<CallContext, 'store' | 'ports' | 'now'>,
  key: KeyRecord,
  type: 'AUTOMATIC' | 'ON_DEMAND',
): Promise<Rotated> {
  const { account, id, spec } = key;
  const accountKey = await accountKeyFor({ ...context, account });
  const { materialId, wrapped } = await kept(
    context.ports.keeper.generate(account, accountKey.wrapped, id, spec),
  );
  const now = context.now.getTime();
  return {
    changed: {
      current: materialId,
      materials: [
        ...key.materials.map(retired),
        { id: materialId, state: 'CURRENT', rotatedAt: now, rotationType: type },
      ],
      ...(key.rotation &&
        type === 'AUTOMATIC' && {
          rotation: { ...key.rotation, next: now + key.rotation.days * DAY_MILLISECONDS },
        }),
    },
    operations: [
      ...accountKey.operations,
      put(
        materials,
        materialKey(account, id, materialId),
        { spec, wrapped: wrapped.toString('base64') },
        'absent',
      ),
    ],
  };
}

/** An external key rotates to the material that was imported for it. */
function rotateToPending(key: KeyRecord, now: Date): Rotated {
  const pending = key.materials.find(({ state }) => state === 'PENDING_ROTATION');
  if (!pending) {
    throw invalidState(`No available key material pending rotation for the key: ${keyArn(key)}.`);
  }
  const held: MaterialFacts[] = key.materials.map((each) =>
    each === pending
      ? { ...each, state: 'CURRENT', rotatedAt: now.getTime(), rotationType: 'ON_DEMAND' }
      : retired(each),
  );
  return { changed: { current: pending.id, materials: held }, operations: [] };
}

function retired(material: MaterialFacts): MaterialFacts {
  return material.state === 'CURRENT' ? { ...material, state: 'NON_CURRENT' } : material;
}

function shownRotation(key: KeyRecord, material: MaterialFacts): Sdk.RotationsListEntry {
  const { rotatedAt, rotationType, imported, missing, expiresAt, description } = material;
  return {
    KeyId: keyArn(key),
    KeyMaterialId: material.id,
    KeyMaterialState: material.state,
    ...(rotatedAt !== undefined && { RotationDate: new Date(rotatedAt) }),
    ...(rotationType && { RotationType: rotationType }),
    ...(description !== undefined && { KeyMaterialDescription: description }),
    ...(imported && {
      ImportState: missing ? 'PENDING_IMPORT' : 'IMPORTED',
      ExpirationModel: expiresAt === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES',
      ...(expiresAt !== undefined && { ValidTo: new Date(expiresAt) }),
    }),
  };
}
