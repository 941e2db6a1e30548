import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { mapOf, mapsOf, pick, policyOf, textOf } from '../fields.ts';

/** Databases (Amazon RDS API reference). No password is ever part of an answer. */
export const databases: Collector = {
  id: 'databases',
  service: 'rds',
  where: 'region',
  types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBSubnetGroup'],
  actions: {
    DescribeDBInstances: 'rds:DescribeDBInstances',
    DescribeDBClusters: 'rds:DescribeDBClusters',
    DescribeDBSubnetGroups: 'rds:DescribeDBSubnetGroups',
  },
  async read(api) {
    const [instances, clusters, groups] = await Promise.all([
      api.all('DescribeDBInstances', 'DBInstances'),
      api.all('DescribeDBClusters', 'DBClusters'),
      api.all('DescribeDBSubnetGroups', 'DBSubnetGroups'),
    ]);
    return [
      ...instances.map((each) => databaseInstance(api, each)),
      ...clusters.map((each) => databaseCluster(api, each)),
      ...groups.map((group) => {
        const name = textOf(group, 'DBSubnetGroupName');
        return {
          id: textOf(group, 'DBSubnetGroupArn') || api.arn('rds', `subgrp:${name}`),
          type: 'AWS::RDS::DBSubnetGroup',
          name,
          region: api.region,
          names: { Ref: name },
          properties: {
            ...pick(group, ['DBSubnetGroupName', 'DBSubnetGroupDescription']),
            SubnetIds: mapsOf(group, 'Subnets').map((subnet) => textOf(subnet, 'SubnetIdentifier')),
          },
        };
      }),
    ];
  },
};

const SAME_IN_BOTH = [
  'Engine',
  'EngineVersion',
  'BackupRetentionPeriod',
  'CopyTagsToSnapshot',
  'DeletionProtection',
  'KmsKeyId',
  'MasterUsername',
  'MonitoringInterval',
  'Port',
  'PreferredMaintenanceWindow',
  'PubliclyAccessible',
  'StorageEncrypted',
  'StorageType',
  'AutoMinorVersionUpgrade',
  'MasterUserSecret',
];

const INSTANCE = [
  ...SAME_IN_BOTH,
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'DBInstanceClass',
  'DBName',
  'MultiAZ',
  'CACertificateIdentifier',
  'EnabledCloudwatchLogsExports=EnableCloudwatchLogsExports',
  'IAMDatabaseAuthenticationEnabled=EnableIAMDatabaseAuthentication',
  'PerformanceInsightsEnabled=EnablePerformanceInsights',
  'ReadReplicaSourceDBInstanceIdentifier=SourceDBInstanceIdentifier',
];

function databaseInstance(api: Api, found: Output): FoundResource {
  const name = textOf(found, 'DBInstanceIdentifier');
  const group = textOf(mapOf(found, 'DBSubnetGroup'), 'DBSubnetGroupName');
  const [parameters] = mapsOf(found, 'DBParameterGroups');
  return {
    id: textOf(found, 'DBInstanceArn'),
    type: 'AWS::RDS::DBInstance',
    name,
    region: api.region,
    names: { Ref: name },
    unread: passwordUnseen(found),
    properties: {
      ...pick(found, INSTANCE),
      ...managedPassword(found),
      AllocatedStorage: textOf(found, 'AllocatedStorage'),
      VPCSecurityGroups: mapsOf(found, 'VpcSecurityGroups').map((each) => textOf(each, 'VpcSecurityGroupId')),
      ...(group === '' ? {} : { DBSubnetGroupName: group }),
      ...(parameters ? { DBParameterGroupName: textOf(parameters, 'DBParameterGroupName') } : {}),
    },
  };
}

/** No answer shows a password that people set, nor where else it is written. */
function passwordUnseen(found: Output): readonly string[] {
  const elsewhere = 'DBInstanceIdentifier' in found && textOf(found, 'DBClusterIdentifier') !== '';
  const managed = textOf(mapOf(found, 'MasterUserSecret'), 'SecretArn') !== '';
  return elsewhere || managed ? [] : ['MasterUserPassword'];
}

function managedPassword(found: Output): Output {
  return textOf(mapOf(found, 'MasterUserSecret'), 'SecretArn') === ''
    ? {}
    : { ManageMasterUserPassword: true };
}

const CLUSTER = [
  ...SAME_IN_BOTH,
  'DBClusterIdentifier',
  'DatabaseName',
  'BacktrackWindow',
  'AvailabilityZones',
  'DBSubnetGroup=DBSubnetGroupName',
  'DBClusterParameterGroup=DBClusterParameterGroupName',
  'EnabledCloudwatchLogsExports=EnableCloudwatchLogsExports',
  'IAMDatabaseAuthenticationEnabled=EnableIAMDatabaseAuthentication',
];

function databaseCluster(api: Api, found: Output): FoundResource {
  const name = textOf(found, 'DBClusterIdentifier');
  return {
    id: textOf(found, 'DBClusterArn'),
    type: 'AWS::RDS::DBCluster',
    name,
    region: api.region,
    names: { Ref: name },
    unread: passwordUnseen(found),
    properties: {
      ...pick(found, CLUSTER),
      ...managedPassword(found),
      VpcSecurityGroupIds: mapsOf(found, 'VpcSecurityGroups').map((each) =>
        textOf(each, 'VpcSecurityGroupId'),
      ),
    },
  };
}

/** Buckets with all that decides who reads them (Amazon S3 API reference). No object is ever read. */
export const buckets: Collector = {
  id: 'buckets',
  service: 's3',
  where: 'account',
  types: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  actions: {
    ListBuckets: 's3:ListAllMyBuckets',
    GetBucketEncryption: 's3:GetEncryptionConfiguration',
    GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
    GetBucketLogging: 's3:GetBucketLogging',
    GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
    GetBucketPolicy: 's3:GetBucketPolicy',
    GetBucketVersioning: 's3:GetBucketVersioning',
    GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  },
  async read(api) {
    const found = await api.all('ListBuckets', 'Buckets');
    const each = await Promise.all(found.map((bucket) => bucketWithSettings(api, textOf(bucket, 'Name'))));
    return each.flat();
  },
};

interface BucketSetting {
  readonly property: string;
  readonly operation: string;
  readonly none?: string;
  from(output: Output): unknown;
}

const BUCKET_SETTINGS: readonly BucketSetting[] = [
  {
    property: 'BucketEncryption',
    operation: 'GetBucketEncryption',
    none: 'ServerSideEncryptionConfigurationNotFoundError',
    from: (output) => ({
      ServerSideEncryptionConfiguration: mapsOf(
        mapOf(output, 'ServerSideEncryptionConfiguration'),
        'Rules',
      ).map((rule) => ({
        ServerSideEncryptionByDefault: pick(mapOf(rule, 'ApplyServerSideEncryptionByDefault'), [
          'SSEAlgorithm',
          'KMSMasterKeyID',
        ]),
        ...pick(rule, ['BucketKeyEnabled']),
      })),
    }),
  },
  {
    property: 'PublicAccessBlockConfiguration',
    operation: 'GetPublicAccessBlock',
    none: 'NoSuchPublicAccessBlockConfiguration',
    from: (output) => pick(mapOf(output, 'PublicAccessBlockConfiguration'), PUBLIC_ACCESS_BLOCK),
  },
  {
    property: 'VersioningConfiguration',
    operation: 'GetBucketVersioning',
    from: (output) => (textOf(output, 'Status') === '' ? undefined : { Status: textOf(output, 'Status') }),
  },
  {
    property: 'LoggingConfiguration',
    operation: 'GetBucketLogging',
    from: (output) => {
      const logging = mapOf(output, 'LoggingEnabled');
      if (textOf(logging, 'TargetBucket') === '') return undefined;
      return pick(logging, ['TargetBucket=DestinationBucketName', 'TargetPrefix=LogFilePrefix']);
    },
  },
  {
    property: 'OwnershipControls',
    operation: 'GetBucketOwnershipControls',
    none: 'OwnershipControlsNotFoundError',
    from: (output) => ({
      Rules: mapsOf(mapOf(output, 'OwnershipControls'), 'Rules').map((rule) =>
        pick(rule, ['ObjectOwnership']),
      ),
    }),
  },
  {
    property: 'LifecycleConfiguration',
    operation: 'GetBucketLifecycleConfiguration',
    none: 'NoSuchLifecycleConfiguration',
    from: (output) => ({
      Rules: mapsOf(output, 'Rules').map((rule) => ({
        ...pick(rule, ['ID=Id', 'Status', 'Prefix']),
        ...pick(mapOf(rule, 'Expiration'), ['Days=ExpirationInDays', 'Date=ExpirationDate']),
        ...pick(mapOf(rule, 'NoncurrentVersionExpiration'), [
          'NoncurrentDays=NoncurrentVersionExpirationInDays',
        ]),
        ...pick(mapOf(rule, 'AbortIncompleteMultipartUpload'), ['DaysAfterInitiation']),
      })),
    }),
  },
];

export const PUBLIC_ACCESS_BLOCK = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
];

async function bucketWithSettings(api: Api, name: string): Promise<readonly FoundResource[]> {
  const arn = `arn:${api.partition}:s3:::${name}`;
  const properties: Record<string, unknown> = { BucketName: name };
  const unread: string[] = [];
  const read = async ({ property, operation, none, from }: BucketSetting) => {
    const detail = await api.detail(operation, { Bucket: name }, none === undefined ? {} : { none: [none] });
    if (detail.is === 'unread') unread.push(property);
    const value = detail.is === 'read' ? from(detail.output) : undefined;
    if (value !== undefined) properties[property] = value;
  };
  const policy = api.detail('GetBucketPolicy', { Bucket: name }, { none: ['NoSuchBucketPolicy'] });
  await Promise.all(BUCKET_SETTINGS.map(read));
  const bucket: FoundResource = {
    id: arn,
    type: 'AWS::S3::Bucket',
    name,
    region: api.region,
    names: { Ref: name, Arn: arn },
    properties,
    unread,
  };
  const answer = await policy;
  if (answer.is === 'none') return [bucket];
  const document = answer.is === 'read' ? policyOf(answer.output, 'Policy') : undefined;
  const policyResource: FoundResource = {
    id: `${arn}/policy`,
    type: 'AWS::S3::BucketPolicy',
    name: `${name}-policy`,
    region: api.region,
    properties: { Bucket: name, ...(document === undefined ? {} : { PolicyDocument: document }) },
    unread: answer.is === 'unread' ? ['PolicyDocument'] : [],
  };
  return [bucket, policyResource];
}

/** The block for all buckets of the account. */
export const bucketBlock: Collector = {
  id: 'bucket-block',
  service: 's3-control',
  where: 'account',
  types: ['Account::S3PublicAccessBlock'],
  actions: { GetPublicAccessBlock: 's3:GetAccountPublicAccessBlock' },
  async read(api) {
    const none = ['NoSuchPublicAccessBlockConfiguration'];
    const detail = await api.detail('GetPublicAccessBlock', { AccountId: api.account }, { none });
    const set = detail.is === 'read' ? mapOf(detail.output, 'PublicAccessBlockConfiguration') : {};
    const nothing = Object.fromEntries(PUBLIC_ACCESS_BLOCK.map((name) => [name, false]));
    return [
      {
        id: `${api.account}:S3PublicAccessBlock`,
        type: 'Account::S3PublicAccessBlock',
        name: 'S3PublicAccessBlock',
        region: api.region,
        properties: detail.is === 'unread' ? {} : { ...nothing, ...pick(set, PUBLIC_ACCESS_BLOCK) },
        unread: detail.is === 'unread' ? PUBLIC_ACCESS_BLOCK : [],
      },
    ];
  },
};

/** Names, rotation and policies of secrets; never a value. */
export const secrets: Collector = {
  id: 'secrets',
  service: 'secrets-manager',
  where: 'region',
  types: ['AWS::SecretsManager::Secret', 'AWS::SecretsManager::RotationSchedule'],
  actions: { ListSecrets: 'secretsmanager:ListSecrets' },
  async read(api) {
    const found = await api.all('ListSecrets', 'SecretList');
    return found.flatMap((secret) => {
      const arn = textOf(secret, 'ARN');
      const name = textOf(secret, 'Name');
      const common = { name, region: api.region };
      const properties = pick(secret, ['Name', 'Description', 'KmsKeyId', 'Tags']);
      const names = { Ref: arn };
      const item = { ...common, id: arn, type: 'AWS::SecretsManager::Secret', names, properties };
      if (secret.RotationEnabled !== true) return [item];
      const rotation = {
        ...common,
        id: `${arn}/rotation`,
        type: 'AWS::SecretsManager::RotationSchedule',
        properties: { SecretId: arn, ...pick(secret, ['RotationLambdaARN', 'RotationRules']) },
      };
      return [item, rotation];
    });
  },
};

/** Keys of the account's own; those that AWS manages are left out. */
export const keys: Collector = {
  id: 'keys',
  service: 'kms',
  where: 'region',
  types: ['AWS::KMS::Key', 'AWS::KMS::Alias'],
  actions: {
    ListKeys: 'kms:ListKeys',
    ListAliases: 'kms:ListAliases',
    DescribeKey: 'kms:DescribeKey',
    GetKeyPolicy: 'kms:GetKeyPolicy',
    GetKeyRotationStatus: 'kms:GetKeyRotationStatus',
  },
  async read(api) {
    const found = await api.all('ListKeys', 'Keys');
    const aliases = await api.all('ListAliases', 'Aliases');
    const each = await Promise.all(found.map((key) => ownKey(api, textOf(key, 'KeyId'))));
    const own = each.flat();
    const known = new Set(own.map((key) => key.name));
    return [
      ...own,
      ...aliases
        .filter((alias) => known.has(textOf(alias, 'TargetKeyId')))
        .map((alias) => ({
          id: textOf(alias, 'AliasArn'),
          type: 'AWS::KMS::Alias',
          name: textOf(alias, 'AliasName'),
          region: api.region,
          names: { Ref: textOf(alias, 'AliasName') },
          properties: pick(alias, ['AliasName', 'TargetKeyId']),
        })),
    ];
  },
};

async function ownKey(api: Api, id: string): Promise<readonly FoundResource[]> {
  const metadata = mapOf(await api.call('DescribeKey', { KeyId: id }), 'KeyMetadata');
  if (textOf(metadata, 'KeyManager') === 'AWS') return [];
  const policy = await api.detail('GetKeyPolicy', { KeyId: id, PolicyName: 'default' });
  const rotates = textOf(metadata, 'KeySpec') === 'SYMMETRIC_DEFAULT';
  const rotation = rotates ? await api.detail('GetKeyRotationStatus', { KeyId: id }) : undefined;
  return [
    {
      id: textOf(metadata, 'Arn'),
      type: 'AWS::KMS::Key',
      name: id,
      region: api.region,
      names: { Ref: id, Arn: textOf(metadata, 'Arn') },
      unread: [
        ...(policy.is === 'unread' ? ['KeyPolicy'] : []),
        ...(rotation?.is === 'unread' ? ['EnableKeyRotation'] : []),
      ],
      properties: {
        ...pick(metadata, [
          'KeyId',
          'Description',
          'Enabled',
          'KeySpec',
          'KeyUsage',
          'MultiRegion',
          'Origin',
        ]),
        ...(policy.is === 'read' ? { KeyPolicy: policyOf(policy.output, 'Policy') } : {}),
        ...(rotation?.is === 'read'
          ? { EnableKeyRotation: rotation.output.KeyRotationEnabled === true }
          : {}),
      },
    },
  ];
}
