import type * as Sdk from '@aws-sdk/client-kms';
import { KeeperError, type MadeMaterial, madeMaterial } from '../../keeper/client/index.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { check, put, remove } from '../../store/operations.ts';
import { KEY_CONDITIONS, keyPermission } from './authorise.ts';
import { keys, materials } from './collections.ts';
import { invalidState, unsupported, validation, wrongOrigin } from './errors.ts';
import { keyArn, relatedKeys } from './find.ts';
import { freshKey, save } from './fresh.ts';
import { accountKeyFor, kept, materialKey } from './material.ts';
import type { KeyRecord, MaterialFacts } from './records.ts';
import { isMissing, refuseStates } from './state.ts';
import { refuseLoss } from './used-keys.ts';

const DAY_MILLISECONDS = 24 * 3_600_000;
const MOST_DAYS = 365;
const SYMMETRIC = 'SYMMETRIC_DEFAULT';

export const importOperations = {
  GetParametersForImport: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:WrappingAlgorithm', 'kms:WrappingKeySpec'],
    authorise: async ({ KeyId, WrappingAlgorithm, WrappingKeySpec }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:GetParametersForImport',
        context: { 'kms:WrappingAlgorithm': WrappingAlgorithm, 'kms:WrappingKeySpec': WrappingKeySpec },
      }),
    ],
    async handle({ KeyId, WrappingAlgorithm, WrappingKeySpec }, context) {
      const { value } = await freshKey(context, KeyId);
      demandExternal(value);
      refuseStates(value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      demandWrapping(value, WrappingAlgorithm, WrappingKeySpec);
      const { wrapped, operations } = await accountKeyFor(context);
      const [PublicKey, ImportToken] = await kept(
        context.ports.keeper.ask('import-parameters', [
          value.account,
          wrapped,
          value.id,
          WrappingKeySpec,
          WrappingAlgorithm,
        ]),
      );
      const answer = {
        KeyId: keyArn(value),
        ImportToken,
        PublicKey,
        ParametersValidTo: new Date(context.now.getTime() + DAY_MILLISECONDS),
      };
      return operations.length === 0 ? answer : change(answer, operations);
    },
  },

  ImportKeyMaterial: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:ExpirationModel', 'kms:ValidTo'],
    redact: ['ImportToken', 'EncryptedKeyMaterial'],
    authorise: async ({ KeyId, ExpirationModel, ValidTo }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:ImportKeyMaterial',
        context: {
          'kms:ExpirationModel': ExpirationModel ?? 'KEY_MATERIAL_EXPIRES',
          ...(ValidTo && { 'kms:ValidTo': Math.floor(ValidTo.getTime() / 1000) }),
        },
      }),
    ],
    async handle(input, context) {
      const key = await freshKey(context, input.KeyId);
      demandExternal(key.value);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      const expiresAt = expiryOf(input.ExpirationModel, input.ValidTo, context.now);
      if (
        key.value.spec !== SYMMETRIC &&
        (input.ImportType ?? input.KeyMaterialId ?? input.KeyMaterialDescription)
      ) {
        throw validation(
          'ImportType, KeyMaterialId and KeyMaterialDescription are only for symmetric encryption keys.',
        );
      }
      const made = await unwrapped(context, key.value, input.ImportToken, input.EncryptedKeyMaterial);
      const facts: MaterialFacts = {
        id: made.materialId,
        state: 'CURRENT',
        imported: true,
        ...(expiresAt !== undefined && { expiresAt }),
        ...(input.KeyMaterialDescription !== undefined && { description: input.KeyMaterialDescription }),
      };
      const changed = withImported(key.value, facts, input, context.now);
      const { account, id, spec } = key.value;
      return change({ KeyId: keyArn(key.value), KeyMaterialId: made.materialId }, [
        put(materials, materialKey(account, id, made.materialId), {
          spec,
          wrapped: made.wrapped.toString('base64'),
        }),
        save(key, {
          ...changed,
          ...(made.publicKey.length > 0 && { publicKey: made.publicKey.toString('base64') }),
        }),
      ]);
    },
  },

  DeleteImportedKeyMaterial: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:DeleteImportedKeyMaterial' }),
    ],
    async handle({ KeyId, KeyMaterialId }, context) {
      const key = await freshKey(context, KeyId);
      demandExternal(key.value);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      const id = KeyMaterialId ?? key.value.current;
      const material = key.value.materials.find((each) => each.id === id);
      if (KeyMaterialId !== undefined && !material) throw incorrectMaterial();
      if (!material || material.missing) return { KeyId: keyArn(key.value) };
      await refuseLoss(key.value, context);
      const { account, id: keyId } = key.value;
      const others = (await relatedKeys(context.store, key.value)).filter((each) => each.key !== key.key);
      const shared = others.some(({ value }) =>
        value.materials.some((each) => each.id === material.id && !isMissing(each, context.now.getTime())),
      );
      await kept(context.ports.keeper.forget({ account, keyId, materialId: material.id }));
      return change({ KeyId: keyArn(key.value), KeyMaterialId: material.id }, [
        save(key, {
          materials: key.value.materials.flatMap((each) => (each === material ? missed(each) : [each])),
        }),
        ...(shared
          ? []
          : [
              ...others.map(({ key: name, version }) => check(keys, name, version)),
              remove(materials, materialKey(account, keyId, material.id)),
            ]),
      ]);
    },
  },
} satisfies Operations<typeof Sdk>;

/** Material that never came into use leaves no trace; of the others it is known that they are missing. */
function missed(material: MaterialFacts): readonly MaterialFacts[] {
  if (material.state === 'PENDING_ROTATION') return [];
  const { expiresAt: _expiry, ...rest } = material;
  return [{ ...rest, missing: true }];
}

function incorrectMaterial() {
  return awsError('IncorrectKeyMaterialException', '');
}

function demandExternal(key: KeyRecord): void {
  if (key.origin !== 'EXTERNAL') throw wrongOrigin(keyArn(key), key.origin);
}

/** Source: AWS KMS Developer Guide, "Select a wrapping algorithm". */
function demandWrapping({ spec }: KeyRecord, algorithm: string, wrappingSpec: string): void {
  if (algorithm === 'SM2PKE' || wrappingSpec === 'SM2') {
    throw unsupported('SM2 wrapping keys are only supported in China Regions.');
  }
  if (algorithm === 'RSAES_PKCS1_V1_5') {
    throw unsupported('The wrapping algorithm RSAES_PKCS1_V1_5 is no longer supported.');
  }
  const direct = algorithm.startsWith('RSAES_OAEP');
  const tooLong = spec.startsWith('RSA_') || (spec === 'ECC_NIST_P521' && wrappingSpec === 'RSA_2048');
  if (direct && tooLong) {
    throw validation(
      `Wrapping algorithm ${algorithm} with wrapping key spec ${wrappingSpec} is not valid for key spec ${spec}.`,
    );
  }
}

function expiryOf(model: string | undefined, validTo: Date | undefined, now: Date): number | undefined {
  if (model === 'KEY_MATERIAL_DOES_NOT_EXPIRE') {
    if (validTo) throw validation('ValidTo must not be set when the key material does not expire.');
    return undefined;
  }
  if (!validTo) throw validation('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
  const left = validTo.getTime() - now.getTime();
  if (left <= 0) throw validation('ValidTo must be in the future.');
  if (left > MOST_DAYS * DAY_MILLISECONDS) throw validation('ValidTo must be within 365 days.');
  return validTo.getTime();
}

async function unwrapped(
  context: CallContext,
  { account, id, spec }: KeyRecord,
  token: Uint8Array,
  encrypted: Uint8Array,
): Promise<MadeMaterial> {
  const { wrapped } = await accountKeyFor(context);
  const asked = context.ports.keeper.ask('import', [account, wrapped, id, spec, token, encrypted]);
  try {
    return madeMaterial(await asked);
  } catch (error) {
    if (error instanceof KeeperError && error.code === 'material') throw incorrectMaterial();
    return kept(Promise.reject(error));
  }
}

interface ImportInput {
  readonly ImportType?: string | undefined;
  readonly KeyMaterialId?: string | undefined;
}

/** Where imported material goes. Source: AWS KMS API Reference, "ImportKeyMaterial", ImportType. */
function withImported(
  key: KeyRecord,
  facts: MaterialFacts,
  { ImportType, KeyMaterialId }: ImportInput,
  now: Date,
): Partial<KeyRecord> {
  const known = key.materials.find(({ id }) => id === facts.id);
  const isNew = (ImportType ?? (key.materials.length === 0 ? 'NEW_KEY_MATERIAL' : '')) === 'NEW_KEY_MATERIAL';
  if (KeyMaterialId !== undefined) {
    if (isNew) throw validation('KeyMaterialId cannot be specified with ImportType NEW_KEY_MATERIAL.');
    if (KeyMaterialId !== facts.id) throw incorrectMaterial();
  }
  if (!isNew) {
    if (!known) throw incorrectMaterial();
    if (!isMissing(known, now.getTime())) throw invalidState(`${keyArn(key)} has this key material already.`);
    const { missing: _missing, expiresAt: _expiry, ...rest } = known;
    const { state: _state, ...again } = facts;
    return { materials: key.materials.map((each) => (each === known ? { ...rest, ...again } : each)) };
  }
  if (key.materials.length === 0) return { current: facts.id, materials: [facts] };
  if (known) throw incorrectMaterial();
  const pending = key.materials.find(({ state }) => state === 'PENDING_ROTATION');
  if (pending) {
    throw invalidState(
      `New key material (id: ${facts.id}) cannot be imported into KMS key ${keyArn(key)}, because another key material (id: ${pending.id}) is pending rotation.`,
    );
  }
  return { materials: [...key.materials, { ...facts, state: 'PENDING_ROTATION' }] };
}
