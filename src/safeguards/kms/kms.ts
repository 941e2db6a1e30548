import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, EditValue, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { clusterOf, DATABASE_TYPES, isResource } from '../databases.ts';
import { addResource, getAtt, logicalId, setProperty, sub } from '../edits.ts';
import { logDestination } from '../log-destinations.ts';
import { notApplicable, off, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { leadingText, property } from '../values.ts';
import { keyPresence, openStatements, POLICY, ROTATION } from './keys.ts';
import { usableAgain } from './usable-again.ts';

const KEY: FacetName = { id: 'key', name: text('own key', '自社管理の鍵') };

/** The root of the account delegates to IAM; it opens nothing. */
const ACCOUNT_ROOT = sub('arn:{AWS::Partition}:iam::{AWS::AccountId}:root');

/** Where each store names its key. */
const KEY_PROPERTY: Readonly<Record<string, readonly (string | number)[]>> = {
  'AWS::RDS::DBInstance': ['KmsKeyId'],
  'AWS::RDS::DBCluster': ['KmsKeyId'],
  'AWS::S3::Bucket': [
    'BucketEncryption',
    'ServerSideEncryptionConfiguration',
    0,
    'ServerSideEncryptionByDefault',
    'KMSMasterKeyID',
  ],
  'AWS::EC2::Volume': ['KmsKeyId'],
  'AWS::EFS::FileSystem': ['KmsKeyId'],
  'AWS::DynamoDB::Table': ['SSESpecification', 'KMSMasterKeyId'],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
  'AWS::ElastiCache::ReplicationGroup': ['KmsKeyId'],
};

/**
 * Customer managed keys. Sources: AWS KMS developer guide, "Rotating AWS KMS keys" (automatic rotation
 * only for symmetric keys with AWS_KMS origin) and "Default key policy" (the account's root as principal
 * delegates to IAM; it does not open the key).
 */
export const definition = safeguard({
  id: 'kms',
  name: text('AWS KMS (customer managed key)', 'AWS KMS(カスタマーマネージドキー)'),
  alsoKnownAs: ['KMS', 'Key Management Service', '暗号鍵', '暗号鍵マネージドサービス', 'CMK', 'customer key'],
  factor: 'credential-leak',
  effect: 'hinder',
  price: 'a-few-dollars',
  stops: text(
    'Use of data by somebody who has access to the store but no permission on the key; sharing of snapshots; every use is recorded.',
    '保存先にはアクセスできても鍵の利用権限がない者によるデータの利用と、スナップショットの共有。鍵の利用はすべて記録されます。',
  ),
  doesNotStop: text(
    'Principals that may use the key: the application and whoever steals its role.',
    '鍵の利用を許可された主体(アプリケーションと、そのロールを盗んだ者)。',
  ),
  confusedWith: text(
    'KMS keeps keys that never leave it; Secrets Manager keeps values that are handed out; ACM keeps certificates.',
    'KMSは外に出ない鍵を、Secrets Managerは取り出して使う値を、ACMは証明書を管理します。',
  ),
  facets: [KEY, ROTATION, POLICY],
  attachesTo: ['AWS::KMS::Key', ...Object.keys(KEY_PROPERTY)],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  if (place.type === 'AWS::KMS::Key') return keyPresence(place);
  const cluster = clusterOf(graph, place);
  if (cluster && isResource(cluster)) return presenceAt(graph, cluster);
  if (cluster)
    return unsure(
      text('the cluster is not among what was read', 'クラスターが読み取り対象に含まれていません'),
      [cluster],
    );
  const value = property(place, ...(KEY_PROPERTY[place.type] ?? []));
  if (value.kind === 'absent') {
    if (place.type === 'AWS::S3::Bucket' && logDestination(graph, place)?.takesOwnKeysOnly)
      return ACCESS_LOGS;
    return withoutKey(place, value);
  }
  return fromKey(graph, value);
}

/** Amazon S3 user guide, "Enabling Amazon S3 server access logging", and the same of Elastic Load Balancing. */
const ACCESS_LOGS = notApplicable(
  text(
    "access logs can be written only under S3's own keys",
    'アクセスログの書き込み先にはS3管理の鍵しか使えません',
  ),
);

function withoutKey(place: Resource, value: Value): Presence {
  const encrypted = property(place, 'StorageEncrypted');
  return off(
    DATABASE_TYPES.some((type) => type === place.type) && encrypted.kind === 'absent'
      ? text('no key of your own is named', '自社管理の鍵が指定されていません')
      : text(
          "AWS's own key is used: its policy cannot be changed",
          'AWS管理の鍵が使われ、そのキーポリシーは変更できません',
        ),
    value,
  );
}

function fromKey(graph: ResourceGraph, value: Value): Presence {
  const named = graph.target(value);
  const key = named?.type === 'AWS::KMS::Alias' ? graph.target(property(named, 'TargetKeyId')) : named;
  if (key?.type === 'AWS::KMS::Key') {
    const presence = keyPresence(key);
    return {
      ...presence,
      at: value,
      facets: [
        {
          id: KEY.id,
          state: presence.state === 'unknown' ? 'unknown' : 'on',
          because: text(`uses ${key.name}`, `${key.name}を使います`),
        },
        ...(presence.facets ?? []),
      ],
    };
  }
  const start = leadingText(value) ?? '';
  if (/(^|:)alias\/aws\//.test(start)) {
    return off(text(`${start} is AWS's own key`, `${start}はAWS管理の鍵です`), value);
  }
  return unsure(text('the key is not among what was read', '鍵が読み取り対象に含まれていません'), [value]);
}

function remedyAt(graph: ResourceGraph, place: Resource, facets: readonly string[] = []): Remedy {
  if (facets.includes('usable')) return usableAgain(place);
  if (place.type === 'AWS::KMS::Key') {
    return {
      summary: text(
        'Rotate the key every year, and let the account decide by IAM who may use it.',
        '鍵を毎年自動でローテーションし、利用者はIAMで限定します。',
      ),
      edits: [
        setProperty(place, 'EnableKeyRotation', true),
        ...openStatements(place).map((index) =>
          setProperty(place, `KeyPolicy.Statement.${index}.Principal`, { AWS: ACCOUNT_ROOT }),
        ),
      ],
    };
  }
  const cluster = clusterOf(graph, place);
  const target = cluster && isResource(cluster) ? cluster : place;
  const key = logicalId(target, 'Key');
  return {
    summary: text(
      'Encrypt with a key of your own whose use needs a permission, and rotate it.',
      '利用に権限が必要な自社管理の鍵で暗号化し、自動でローテーションします。',
    ),
    edits: [addResource(key, 'AWS::KMS::Key', keyProperties(target)), ...useKey(target, key)],
    needs: DATABASE_TYPES.some((type) => type === target.type)
      ? [
          text(
            'a copy of the data first: another key replaces the database',
            'データの退避(鍵を変えるとデータベースが置き換えられます)',
          ),
        ]
      : [],
  };
}

/** A key whose use the account's IAM policies grant: the normal delegation of the default key policy. */
export function keyProperties(place: Resource): { readonly [key: string]: EditValue } {
  return {
    Description: `Data of ${place.name}`,
    EnableKeyRotation: true,
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DelegateToIam',
          Effect: 'Allow',
          Principal: { AWS: ACCOUNT_ROOT },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  };
}

function useKey(place: Resource, key: string): readonly Edit[] {
  const arn = getAtt(key, 'Arn');
  switch (place.type) {
    case 'AWS::S3::Bucket':
      return [
        setProperty(place, 'BucketEncryption', {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn },
            },
          ],
        }),
      ];
    case 'AWS::DynamoDB::Table':
      return [
        setProperty(place, 'SSESpecification', { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn }),
      ];
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return [setProperty(place, 'StorageEncrypted', true), setProperty(place, 'KmsKeyId', arn)];
    case 'AWS::EC2::Volume':
    case 'AWS::EFS::FileSystem':
      return [setProperty(place, 'Encrypted', true), setProperty(place, 'KmsKeyId', arn)];
    case 'AWS::ElastiCache::ReplicationGroup':
      return [setProperty(place, 'AtRestEncryptionEnabled', true), setProperty(place, 'KmsKeyId', arn)];
    default:
      return [setProperty(place, 'KmsKeyId', arn)];
  }
}
