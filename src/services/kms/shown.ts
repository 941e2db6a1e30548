import type { KeyMetadata, MultiRegionConfiguration } from '@aws-sdk/client-kms';
import type { Checked } from '../../platform/service.ts';
import { keyArn } from './find.ts';
import type { KeyRecord } from './records.ts';
import { specFacts } from './specs.ts';
import { stateOf } from './state.ts';

type Shown = Checked<KeyMetadata>;

/** A key as DescribeKey answers it. */
export function shownKey(key: KeyRecord, now: Date): Shown {
  const state = stateOf(key, now.getTime());
  const { spec, usage, current } = key;
  const facts = specFacts(spec);
  const material = key.materials.find(({ id }) => id === current);
  const imported = key.origin === 'EXTERNAL' && material && state !== 'PendingImport';
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: keyArn(key),
    CreationDate: new Date(key.createdAt),
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: usage as Shown['KeyUsage'],
    KeyState: state,
    Origin: key.origin,
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: spec as Shown['CustomerMasterKeySpec'],
    KeySpec: spec as Shown['KeySpec'],
    MultiRegion: key.multiRegion !== undefined,
    ...(key.deletion && { DeletionDate: new Date(key.deletion.at) }),
    ...(key.awaitsReplicas && { PendingDeletionWindowInDays: key.awaitsReplicas.days }),
    ...(imported && {
      ExpirationModel:
        material.expiresAt === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES',
      ...(material.expiresAt !== undefined && { ValidTo: new Date(material.expiresAt) }),
    }),
    ...shownMaterial('CurrentKeyMaterialId', key, current),
    ...(key.keyStore && shownStore(key.keyStore)),
    ...algorithmsOf(usage, facts),
    ...(key.multiRegion && { MultiRegionConfiguration: shownRegions(key, key.multiRegion) }),
  } as Shown;
}

/** The id of key material in an answer; AWS names none of keys in custom key stores, which have but one. */
export function shownMaterial<Name extends string>(
  name: Name,
  { spec, keyStore }: KeyRecord,
  material: string | undefined,
): Partial<Record<Name, string>> {
  if (spec !== 'SYMMETRIC_DEFAULT' || keyStore || material === undefined) return {};
  return { [name]: material } as Partial<Record<Name, string>>;
}

function shownStore({ id, clusterId, xksKeyId }: NonNullable<KeyRecord['keyStore']>): Partial<KeyMetadata> {
  return {
    CustomKeyStoreId: id,
    ...(clusterId !== undefined && { CloudHsmClusterId: clusterId }),
    ...(xksKeyId !== undefined && { XksKeyConfiguration: { Id: xksKeyId } }),
  };
}

/** The algorithms that a key of this usage can be asked for. */
export function algorithmsOf(
  usage: string,
  facts: ReturnType<typeof specFacts>,
): Pick<
  KeyMetadata,
  | 'EncryptionAlgorithms'
  | 'SigningAlgorithms'
  | 'MacAlgorithms'
  | 'KeyAgreementAlgorithms'
  | 'EncapsulationAlgorithms'
> {
  switch (usage) {
    case 'ENCRYPT_DECRYPT':
      return { EncryptionAlgorithms: [...(facts?.encryption ?? [])] as KeyMetadata['EncryptionAlgorithms'] };
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: [...(facts?.signing ?? [])] as KeyMetadata['SigningAlgorithms'] };
    case 'GENERATE_VERIFY_MAC':
      return { MacAlgorithms: [...(facts?.mac ?? [])] as KeyMetadata['MacAlgorithms'] };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: ['ECDH'] };
    default:
      return { EncapsulationAlgorithms: ['ML_KEM'] };
  }
}

function shownRegions(
  { account, region, id }: KeyRecord,
  { primary, replicas }: NonNullable<KeyRecord['multiRegion']>,
): MultiRegionConfiguration {
  const shown = (each: string) => ({ Arn: keyArn({ account, region: each, id }), Region: each });
  return {
    MultiRegionKeyType: region === primary ? 'PRIMARY' : 'REPLICA',
    PrimaryKey: shown(primary),
    ReplicaKeys: replicas.map(shown),
  };
}
