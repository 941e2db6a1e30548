import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isOneOf, isTrue } from '../../model/answer.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { numberFrom, stringFrom } from '../../model/value.ts';
import { clusterOf, DATABASE_TYPES, isReplica, isResource } from '../databases.ts';
import { keepWhenGone, setProperty } from '../edits.ts';
import {
  type FacetPresence,
  notApplicable,
  off,
  on,
  partial,
  presenceOf,
  rollUp,
  unsure,
} from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';
import { backupPlanOf } from './plans.ts';

/** A week lets one notice on Monday what went wrong on Friday. */
const ENOUGH_DAYS = 7;

/**
 * Backups that survive a mistake. Sources: Amazon RDS user guide, "Introduction to backups" (0 days turns
 * them off; CloudFormation's default is 1) and "Deleting a DB instance"; CloudFormation user guide,
 * "DeletionPolicy attribute" (databases default to Snapshot); Amazon S3 user guide, "Retaining multiple
 * versions of objects with S3 Versioning"; DynamoDB developer guide, "Point-in-time recovery".
 */
export const definition = safeguard({
  id: 'backup',
  name: text('Backups and deletion protection', 'バックアップと削除保護'),
  alsoKnownAs: [
    'AWS Backup',
    'backup',
    'バックアップ',
    '削除保護',
    'バージョニング',
    'versioning',
    'PITR',
    'スナップショット',
  ],
  factor: 'human-error',
  effect: 'limit',
  price: 'a-few-dollars',
  stops: text(
    'Loss of data for good: by a mistake, a faulty release, ransomware with the rights of the application, or a failed disk.',
    'データの完全な喪失(操作ミス、不具合のあるリリース、アプリケーションの権限で動くランサムウェア、ディスク障害)。',
  ),
  doesNotStop: text(
    'Theft of data, an attacker with the rights to delete the backups as well, and what changed since the last backup.',
    'データの盗難、バックアップの削除権限も持つ攻撃者、最後のバックアップ以降の変更の喪失。',
  ),
  confusedWith: text(
    'Redundancy keeps the service running when a zone fails; backups bring back data that was changed or deleted everywhere.',
    '冗長化はゾーン障害でもサービスを続けるため、バックアップは変更・削除されたデータを取り戻すためのものです。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [...DATABASE_TYPES, 'AWS::DynamoDB::Table', 'AWS::EFS::FileSystem', 'AWS::S3::Bucket'],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::S3::Bucket':
      return ofBucket(place);
    case 'AWS::DynamoDB::Table':
      return rollUp([
        { facet: FACETS.retention, presence: withPlan(graph, place, pointInTime(place)) },
        { facet: FACETS.deletion, presence: protection(place, 'DeletionProtectionEnabled') },
      ]);
    case 'AWS::EFS::FileSystem':
      return rollUp([{ facet: FACETS.retention, presence: withPlan(graph, place, ofFiles(place)) }]);
    default:
      return ofDatabase(graph, place);
  }
}

function ofDatabase(graph: ResourceGraph, database: Resource): Presence {
  const cluster = clusterOf(graph, database);
  if (cluster && isResource(cluster)) return ofDatabase(graph, cluster);
  if (cluster)
    return unsure(
      text('the cluster is not among what was read', 'クラスターが読み取り対象に含まれていません'),
      [cluster],
    );
  if (isReplica(database))
    return notApplicable(
      text('a replica is no backup and needs none', 'レプリカはバックアップの対象ではありません'),
    );
  const facets: FacetPresence[] = [
    { facet: FACETS.retention, presence: withPlan(graph, database, retention(database)) },
    { facet: FACETS.deletion, presence: protection(database, 'DeletionProtection') },
  ];
  return rollUp(facets);
}

/** A plan of AWS Backup counts as much as the resource's own backups. */
function withPlan(graph: ResourceGraph, place: Resource, own: Presence): Presence {
  if (own.state === 'on') return own;
  const plan = backupPlanOf(graph, place);
  return plan?.state === 'on' || (plan && own.state === 'off') ? plan : own;
}

function retention(database: Resource): Presence {
  const value = property(database, 'BackupRetentionPeriod');
  if (value.kind === 'absent') {
    return partial(text('the default keeps one day only', '既定では1日分しか保存されません'), value);
  }
  const days = numberFrom(value);
  if (days === undefined)
    return unsure(text('how long backups are kept is not decided', 'バックアップの保存期間が未確定です'), [
      value,
    ]);
  if (days === 0) return off(text('automatic backups are off', '自動バックアップが無効です'), value);
  return days >= ENOUGH_DAYS
    ? on(text(`backups are kept for ${days} days`, `バックアップを${days}日間保存します`), value)
    : partial(
        text(`backups are kept for ${days} days only`, `バックアップは${days}日間しか保存されません`),
        value,
      );
}

function protection(place: Resource, name: string): Presence {
  const value = property(place, name);
  const isProtected = isTrue(value);
  if (isProtected.is !== 'no') {
    return presenceOf(
      isProtected,
      {
        on: text('deletion protection is on', '削除保護が有効です'),
        off: text('deletion protection is off', '削除保護が無効です'),
        unknown: text('whether deletion is prevented is not decided', '削除保護の有無が未確定です'),
      },
      value,
    );
  }
  return off(
    text('one call can delete it: no deletion protection', '削除保護がなく、1回の操作で削除できます'),
    value,
  );
}

function pointInTime(table: Resource): Presence {
  const value = property(table, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled');
  return presenceOf(
    isTrue(value),
    {
      on: text('any moment of the last weeks can be restored', '直近数週間の任意の時点に復元できます'),
      off: text('no point-in-time recovery', 'ポイントインタイムリカバリが無効です'),
      unknown: text('point-in-time recovery is not decided', 'ポイントインタイムリカバリの有無が未確定です'),
    },
    value,
  );
}

function ofFiles(files: Resource): Presence {
  const value = property(files, 'BackupPolicy', 'Status');
  return presenceOf(
    isOneOf(value, ['ENABLED']),
    {
      on: text('daily backups are on', '毎日の自動バックアップが有効です'),
      off: text('no automatic backups', '自動バックアップが無効です'),
      unknown: text('automatic backups are not decided', '自動バックアップの有無が未確定です'),
    },
    value,
  );
}

function ofBucket(bucket: Resource): Presence {
  const versioning = property(bucket, 'VersioningConfiguration', 'Status');
  const lock = property(bucket, 'ObjectLockEnabled');
  return rollUp([
    {
      facet: FACETS.versions,
      presence: presenceOf(
        isOneOf(versioning, ['Enabled']),
        {
          on: text(
            'overwritten and deleted objects are kept',
            '上書き・削除されたオブジェクトも保持されます',
          ),
          off: text('overwritten and deleted objects are gone', '上書き・削除されたオブジェクトは失われます'),
          unknown: text('versioning is not decided', 'バージョニングの有無が未確定です'),
        },
        versioning,
      ),
    },
    {
      facet: FACETS.lock,
      informative: true,
      presence: presenceOf(isTrue(lock), {
        on: text('Object Lock', 'オブジェクトロックが有効です'),
        off: text('no Object Lock', 'オブジェクトロックはありません'),
        unknown: text('Object Lock is not decided', 'オブジェクトロックの有無が未確定です'),
      }),
    },
  ]);
}

function remedyAt(graph: ResourceGraph, place: Resource): Remedy {
  const cluster = clusterOf(graph, place);
  const target = cluster && isResource(cluster) ? cluster : place;
  return {
    summary: text(
      'Keep backups for a week, prevent deletion by mistake, and keep the old one where an update of the stack replaces it.',
      'バックアップを1週間保存し、誤った削除を防ぎ、スタック更新で置き換わる場合も旧リソースを残します。',
    ),
    edits: editsFor(target),
  };
}

function editsFor(place: Resource): readonly Edit[] {
  switch (place.type) {
    case 'AWS::S3::Bucket':
      return [setProperty(place, 'VersioningConfiguration.Status', 'Enabled')];
    case 'AWS::DynamoDB::Table':
      return [
        setProperty(place, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', true),
        setProperty(place, 'DeletionProtectionEnabled', true),
        ...keepWhenGone(place, 'Retain'),
      ];
    case 'AWS::EFS::FileSystem':
      return [setProperty(place, 'BackupPolicy.Status', 'ENABLED'), ...keepWhenGone(place, 'Retain')];
    case 'AWS::DynamoDB::GlobalTable':
      return keepWhenGone(place, 'Retain');
    case 'AWS::Redshift::Cluster':
      return [
        setProperty(place, 'AutomatedSnapshotRetentionPeriod', ENOUGH_DAYS),
        ...keepWhenGone(place, 'Snapshot'),
      ];
    case 'AWS::Cognito::UserPool':
      return [setProperty(place, 'DeletionProtection', 'ACTIVE'), ...keepWhenGone(place, 'Retain')];
    default: {
      const days = numberFrom(property(place, 'BackupRetentionPeriod')) ?? 0;
      return [
        ...(days >= ENOUGH_DAYS ? [] : [setProperty(place, 'BackupRetentionPeriod', ENOUGH_DAYS)]),
        ...(stringFrom(property(place, 'DeletionProtection')) === 'true'
          ? []
          : [setProperty(place, 'DeletionProtection', true)]),
        ...keepWhenGone(place, isReplica(place) ? 'Retain' : 'Snapshot'),
      ];
    }
  }
}
