import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import {
  clusterOf,
  DATABASE_TYPES,
  engineFamily,
  isReplica,
  isResource,
  restoredFrom,
} from '../databases.ts';
import { setProperty } from '../edits.ts';
import { on, presenceOf, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { diskPresence, disksOf, disksRemedy, volumePresence } from './disks.ts';

/** The property by which a store is encrypted, where absence means no. */
const SWITCH: Readonly<Record<string, string>> = {
  'AWS::RDS::DBInstance': 'StorageEncrypted',
  'AWS::RDS::DBCluster': 'StorageEncrypted',
  'AWS::EFS::FileSystem': 'Encrypted',
  'AWS::ElastiCache::ReplicationGroup': 'AtRestEncryptionEnabled',
};

/**
 * Encryption of what is stored. Sources: Amazon S3 user guide, "Setting default server-side encryption
 * behavior" (always on since January 2023); Amazon RDS and Aurora user guides, "Encrypting Amazon RDS
 * resources" and "Encrypting Amazon Aurora resources" (new Aurora clusters since 18 February 2026);
 * Amazon EBS user guide, "Amazon EBS encryption"; DynamoDB developer guide, "Encryption at rest".
 */
export const definition = safeguard({
  id: 'encryption-at-rest',
  name: text('Encryption at rest', '保管時の暗号化'),
  alsoKnownAs: [
    '透過的暗号化',
    'EBS暗号化',
    'ストレージの暗号化',
    'transparent encryption',
    'disk encryption',
    'SSE',
  ],
  factor: 'credential-leak',
  effect: 'block',
  price: 'free',
  stops: text(
    'Reading from lost or discarded media, and from snapshots that were shared with somebody outside.',
    '紛失・廃棄された記憶媒体や、外部に共有されたスナップショットからの読み取り。',
  ),
  doesNotStop: text(
    'Anybody who may use the data: an application with a flaw, or a stolen role that may decrypt.',
    'データを使う権限を持つ者(欠陥のあるアプリケーション、復号を許可されたロールの盗用)による読み取り。',
  ),
  confusedWith: text(
    'Encryption at rest is about disks, TLS about the network; KMS decides who may use the key.',
    '保管時の暗号化はディスク、TLSは通信経路の暗号化です。鍵を誰が使えるかはKMSで決まります。',
  ),
  attachesTo: [
    ...DATABASE_TYPES,
    'AWS::S3::Bucket',
    'AWS::EC2::Volume',
    'AWS::EC2::Instance',
    'AWS::EC2::LaunchTemplate',
    'AWS::EFS::FileSystem',
    'AWS::DynamoDB::Table',
    'AWS::ElastiCache::ReplicationGroup',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::S3::Bucket':
      return on(
        text(
          'S3 encrypts every new object since January 2023',
          'S3は2023年1月以降、すべての新しいオブジェクトを暗号化します',
        ),
      );
    case 'AWS::DynamoDB::Table':
      return on(text('DynamoDB encrypts every table', 'DynamoDBはすべてのテーブルを暗号化します'));
    case 'AWS::EC2::Volume':
      return volumePresence(graph, place);
    case 'AWS::EC2::Instance':
    case 'AWS::EC2::LaunchTemplate':
      return diskPresence(graph, disksOf(place));
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return databasePresence(graph, place);
    default:
      return switchPresence(place);
  }
}

function databasePresence(graph: ResourceGraph, database: Resource): Presence {
  const cluster = clusterOf(graph, database);
  if (cluster && isResource(cluster)) return databasePresence(graph, cluster);
  if (cluster)
    return unsure(
      text('the cluster is not among what was read', 'クラスターが読み取り対象に含まれていません'),
      [cluster],
    );
  const encrypted = property(database, 'StorageEncrypted');
  if (encrypted.kind !== 'absent') return switchPresence(database);
  const source = restoredFrom(database);
  if (source) {
    return unsure(
      isReplica(database)
        ? text('a replica is encrypted as its source is', 'レプリカの暗号化はソースに従います')
        : text(
            'a restored database is encrypted as its snapshot is',
            '復元したデータベースの暗号化はスナップショットに従います',
          ),
      [source],
    );
  }
  if (engineFamily(database)?.startsWith('aurora')) {
    return unsure(
      text(
        'not written: Aurora encrypts clusters created since 18 February 2026, not older ones',
        '指定がありません。Auroraは2026年2月18日以降に作成されたクラスターを暗号化しますが、それ以前のものは暗号化されません',
      ),
      [encrypted],
    );
  }
  return switchPresence(database);
}

function switchPresence(place: Resource): Presence {
  const name = SWITCH[place.type] ?? 'Encrypted';
  const value = property(place, name);
  return presenceOf(
    isTrue(value),
    {
      on: text('the storage is encrypted', 'ストレージは暗号化されます'),
      off:
        value.kind === 'absent'
          ? text(
              `${name} is not set: the storage is not encrypted`,
              `${name}の指定がなく、ストレージは暗号化されません`,
            )
          : text('the storage is not encrypted', 'ストレージは暗号化されません'),
      unknown: text(
        'whether the storage is encrypted is not decided',
        'ストレージを暗号化するかどうかが未確定です',
      ),
    },
    value,
  );
}

function remedyAt(graph: ResourceGraph, place: Resource): Remedy {
  const summary = text('Encrypt the storage.', 'ストレージを暗号化します。');
  if (place.type === 'AWS::EC2::Instance' || place.type === 'AWS::EC2::LaunchTemplate')
    return disksRemedy(place);
  const cluster = clusterOf(graph, place);
  const target = cluster && isResource(cluster) ? cluster : place;
  return {
    summary,
    edits: [setProperty(target, SWITCH[target.type] ?? 'Encrypted', true)],
    needs: [
      text(
        'a copy of the data first: turning encryption on replaces the resource',
        'データの退避(暗号化を有効にするとリソースが置き換えられます)',
      ),
    ],
  };
}
