import { CfnDeletionPolicy, type CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done } from '../outcome.ts';
import { at, cfnOf, isTrue, itemsOf, numberOf, read, rendered } from '../place.ts';
import { DATABASE_TYPES, takesSettingsFromElsewhere } from './databases.ts';

/** Types at which `BackupSafeguard` attaches. */
export const BACKUP_PLACES = [
  ...DATABASE_TYPES,
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::S3::Bucket',
] as const;

export interface BackupSafeguardProps {
  /** A database, DynamoDB table, EFS file system or bucket. */
  readonly place: IConstruct;
  /** Days for which database backups are kept. Default 14; longer periods that are written stay. */
  readonly keepDays?: number;
}

/**
 * Keeps what would be lost: database backups, point-in-time recovery of tables, versions of objects; and prevents
 * deletion by mistake.
 *
 * - Stops: loss of data for good by a mistake, a faulty release or a failed disk.
 * - Attaches to: RDS instances and clusters, DynamoDB tables, EFS file systems, buckets.
 * - Costs: $0.10 per GB and month beyond the size of the database; old versions of objects as their storage.
 * - Limits: no theft; nothing that changed since the last backup. Nothing is replaced when it is deployed. A bucket
 *   that its stack empties and deletes on purpose is not retained.
 */
export class BackupSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: BackupSafeguardProps) {
    super(scope, id);
    this.done = attach(cfnOf(props.place), props.keepDays ?? 14);
  }
}

function attach(place: CfnResource, keepDays: number): Done {
  switch (place.cfnResourceType) {
    case 'AWS::S3::Bucket':
      return atBucket(place);
    case 'AWS::DynamoDB::Table':
      return atTable(place);
    case 'AWS::EFS::FileSystem':
      if (read(place, 'BackupPolicy', 'Status') === 'ENABLED') return alreadyOn('daily backups are on');
      set(place, 'BackupPolicy.Status', 'ENABLED');
      return attached('daily backups');
    default:
      return atDatabase(place, keepDays);
  }
}

function atDatabase(database: CfnResource, keepDays: number): Done {
  if (takesSettingsFromElsewhere(database)) return alreadyOn('as its cluster or source says');
  const days = numberOf(read(database, 'BackupRetentionPeriod')) ?? 0;
  const enough = days >= Math.min(keepDays, 7);
  const isProtected = isTrue(read(database, 'DeletionProtection'));
  if (!enough) set(database, 'BackupRetentionPeriod', keepDays);
  if (!isProtected) set(database, 'DeletionProtection', true);
  const kept = keepWhenDeleted(database, CfnDeletionPolicy.SNAPSHOT);
  if (enough && isProtected && !kept) return alreadyOn(`backups are kept for ${days} days`);
  return attached(
    `backups for ${enough ? days : keepDays} days, deletion protection, a snapshot when it is deleted`,
  );
}

function atTable(table: CfnResource): Done {
  const recovery = isTrue(read(table, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'));
  const isProtected = isTrue(read(table, 'DeletionProtectionEnabled'));
  if (!recovery) set(table, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', true);
  if (!isProtected) set(table, 'DeletionProtectionEnabled', true);
  const kept = keepWhenDeleted(table, CfnDeletionPolicy.RETAIN);
  return recovery && isProtected && !kept
    ? alreadyOn('point-in-time recovery and deletion protection are on')
    : attached('point-in-time recovery and deletion protection');
}

/** CDK tags buckets that a stack empties when it is deleted. */
const EMPTIED_ON_PURPOSE = 'aws-cdk:auto-delete-objects';

function atBucket(bucket: CfnResource): Done {
  const versioned = read(bucket, 'VersioningConfiguration', 'Status') === 'Enabled';
  if (!versioned) set(bucket, 'VersioningConfiguration.Status', 'Enabled');
  const emptied = itemsOf(read(bucket, 'Tags')).some((tag) => at(tag, 'Key') === EMPTIED_ON_PURPOSE);
  const kept = !emptied && keepWhenDeleted(bucket, CfnDeletionPolicy.RETAIN);
  return versioned && !kept
    ? alreadyOn('overwritten objects are kept')
    : attached('overwritten objects are kept');
}

/** Keeps the data when the stack or the resource is deleted or replaced; tells whether that is new. */
function keepWhenDeleted(place: CfnResource, policy: CfnDeletionPolicy): boolean {
  const { DeletionPolicy, UpdateReplacePolicy } = rendered(place);
  const keeps = (each: unknown) =>
    each === 'Retain' || each === 'Snapshot' || each === 'RetainExceptOnCreate';
  if (!keeps(DeletionPolicy)) place.cfnOptions.deletionPolicy = policy;
  if (!keeps(UpdateReplacePolicy)) place.cfnOptions.updateReplacePolicy = policy;
  return !keeps(DeletionPolicy) || !keeps(UpdateReplacePolicy);
}
