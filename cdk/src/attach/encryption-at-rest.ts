import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, isTrue, itemsOf, read } from '../place.ts';
import { DATABASE_TYPES, takesSettingsFromElsewhere } from './databases.ts';

/** Types at which `EncryptionAtRestSafeguard` attaches. */
export const ENCRYPTION_PLACES = [
  ...DATABASE_TYPES,
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::ReplicationGroup',
] as const;

/** The property by which each store is encrypted; changing it replaces the store. */
const PROPERTY: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'StorageEncrypted',
  'AWS::RDS::DBCluster': 'StorageEncrypted',
  'AWS::EC2::Volume': 'Encrypted',
  'AWS::EFS::FileSystem': 'Encrypted',
  'AWS::ElastiCache::ReplicationGroup': 'AtRestEncryptionEnabled',
};

export interface EncryptionAtRestSafeguardProps {
  /** A database, launch template, volume, file system or cache. */
  readonly place: IConstruct;
  /**
   * Says that nothing is deployed yet, so that nothing can be lost: then stores are encrypted too. Without it a
   * store that is not encrypted is left, because turning encryption on replaces it and its data.
   */
  readonly notDeployedYet?: boolean;
}

/**
 * Encrypts disks and stores under AWS's keys (see `KmsSafeguard` for keys of your own).
 *
 * - Stops: reading of lost media and of copied snapshots.
 * - Attaches to: disks of launch templates; with `notDeployedYet` databases, volumes, file systems, caches.
 * - Costs: nothing.
 * - Limits: no help against a stolen role. Never changes the encryption of a store that may hold data: CloudFormation
 *   would replace it. `honmaru fix` writes the migration instead.
 */
export class EncryptionAtRestSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: EncryptionAtRestSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    this.done =
      place.cfnResourceType === 'AWS::EC2::LaunchTemplate'
        ? encryptDisks(place)
        : encryptStore(place, props.notDeployedYet === true);
  }
}

function encryptDisks(template: CfnResource): Done {
  const disks = itemsOf(read(template, 'LaunchTemplateData', 'BlockDeviceMappings'));
  const plain = [...disks.entries()].filter(
    ([, disk]) => at(disk, 'Ebs') && !isTrue(at(disk, 'Ebs', 'Encrypted')),
  );
  for (const [index] of plain) {
    set(template, `LaunchTemplateData.BlockDeviceMappings.${index}.Ebs.Encrypted`, true);
  }
  if (plain.length > 0) return attached('the disks that it describes are encrypted');
  return disks.length > 0
    ? alreadyOn('the disks that it describes are encrypted')
    : notAttached("it describes no disk: the account's default decides (AccountSafeguards turns it on)");
}

function encryptStore(store: CfnResource, notDeployedYet: boolean): Done {
  const property = PROPERTY[store.cfnResourceType];
  if (!property) return notAttached('this type has no property for encryption');
  const copies =
    DATABASE_TYPES.some((type) => type === store.cfnResourceType) && takesSettingsFromElsewhere(store);
  if (copies) return alreadyOn('as its cluster or source says');
  if (isTrue(read(store, property))) return alreadyOn('it is encrypted');
  if (!notDeployedYet) {
    return notAttached(
      'turning encryption on replaces it and its data: copy a snapshot with a key and restore from it (honmaru fix writes the steps), or say notDeployedYet',
    );
  }
  set(store, property, true);
  return attached('it is encrypted');
}
