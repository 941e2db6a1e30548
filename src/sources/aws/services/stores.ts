import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, policyOf, textOf, textsOf } from '../fields.ts';
import { here } from '../found.ts';

/** Tables with their encryption and backups (Amazon DynamoDB API reference); no item is ever read. */
export const tables: Collector = {
  id: 'tables',
  service: 'dynamodb',
  where: 'region',
  types: ['AWS::DynamoDB::Table'],
  actions: {
    ListTables: 'dynamodb:ListTables',
    DescribeTable: 'dynamodb:DescribeTable',
    DescribeContinuousBackups: 'dynamodb:DescribeContinuousBackups',
    ListTagsOfResource: 'dynamodb:ListTagsOfResource',
    GetResourcePolicy: 'dynamodb:GetResourcePolicy',
  },
  async read(api) {
    const names = await api.texts('ListTables', 'TableNames');
    return Promise.all(names.map((name) => table(api, name)));
  },
};

async function table(api: Api, name: string): Promise<FoundResource> {
  const found = mapOf(await api.call('DescribeTable', { TableName: name }), 'Table');
  const arn = textOf(found, 'TableArn');
  const [backups, tags, policy] = await Promise.all([
    api.detail('DescribeContinuousBackups', { TableName: name }),
    api.detail('ListTagsOfResource', { ResourceArn: arn }),
    api.detail('GetResourcePolicy', { ResourceArn: arn }, { none: ['PolicyNotFoundException'] }),
  ]);
  const encryption = mapOf(found, 'SSEDescription');
  const continuous = backups.is === 'read' ? mapOf(backups.output, 'ContinuousBackupsDescription') : {};
  const recovery = textOf(mapOf(continuous, 'PointInTimeRecoveryDescription'), 'PointInTimeRecoveryStatus');
  const document = policy.is === 'read' ? policyOf(policy.output, 'Policy') : undefined;
  return here(api, {
    id: arn,
    type: 'AWS::DynamoDB::Table',
    name,
    names: { Ref: name, Arn: arn },
    unread: [
      ...(backups.is === 'unread' ? ['PointInTimeRecoverySpecification'] : []),
      ...(tags.is === 'unread' ? ['Tags'] : []),
      ...(policy.is === 'unread' ? ['ResourcePolicy'] : []),
    ],
    properties: {
      ...pick(found, ['TableName', 'DeletionProtectionEnabled']),
      ...(textOf(encryption, 'SSEType') === ''
        ? {}
        : {
            SSESpecification: {
              SSEEnabled: ['ENABLED', 'ENABLING', 'UPDATING'].includes(textOf(encryption, 'Status')),
              ...pick(encryption, ['SSEType', 'KMSMasterKeyArn=KMSMasterKeyId']),
            },
          }),
      ...(recovery === ''
        ? {}
        : { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery === 'ENABLED' } }),
      ...(document === undefined ? {} : { ResourcePolicy: { PolicyDocument: document } }),
      ...(tags.is === 'read' ? given('Tags', mapsOf(tags.output, 'Tags')) : {}),
    },
  });
}

export const tableCaches: Collector = {
  id: 'table-caches',
  service: 'dax',
  where: 'region',
  types: ['AWS::DAX::Cluster'],
  actions: { DescribeClusters: 'dax:DescribeClusters' },
  async read(api) {
    const found = await api.all('DescribeClusters', 'Clusters');
    return found.map((cluster) =>
      here(api, {
        id: textOf(cluster, 'ClusterArn'),
        type: 'AWS::DAX::Cluster',
        name: textOf(cluster, 'ClusterName'),
        names: { Ref: textOf(cluster, 'ClusterName'), Arn: textOf(cluster, 'ClusterArn') },
        properties: {
          ...pick(cluster, ['ClusterName', 'ClusterEndpointEncryptionType']),
          SSESpecification: { SSEEnabled: textOf(mapOf(cluster, 'SSEDescription'), 'Status') === 'ENABLED' },
        },
      }),
    );
  },
};

/** Caches of their own and replication groups (Amazon ElastiCache API reference). */
export const caches: Collector = {
  id: 'caches',
  service: 'elasticache',
  where: 'region',
  types: [
    'AWS::ElastiCache::CacheCluster',
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::SubnetGroup',
    'AWS::ElastiCache::ParameterGroup',
  ],
  actions: {
    DescribeCacheClusters: 'elasticache:DescribeCacheClusters',
    DescribeReplicationGroups: 'elasticache:DescribeReplicationGroups',
    DescribeCacheSubnetGroups: 'elasticache:DescribeCacheSubnetGroups',
    DescribeCacheParameterGroups: 'elasticache:DescribeCacheParameterGroups',
  },
  async read(api) {
    const [clusters, groups, subnets, parameters] = await Promise.all([
      api.some('DescribeCacheClusters', 'CacheClusters', ['AWS::ElastiCache::CacheCluster']),
      api.some('DescribeReplicationGroups', 'ReplicationGroups', ['AWS::ElastiCache::ReplicationGroup']),
      api.some('DescribeCacheSubnetGroups', 'CacheSubnetGroups', ['AWS::ElastiCache::SubnetGroup']),
      api.some('DescribeCacheParameterGroups', 'CacheParameterGroups', ['AWS::ElastiCache::ParameterGroup']),
    ]);
    return [
      ...clusters
        .filter((each) => textOf(each, 'ReplicationGroupId') === '')
        .map((each) => cacheCluster(api, each)),
      ...groups.map((each) => replicationGroup(api, each, clusters)),
      ...subnets.map((each) => {
        const name = textOf(each, 'CacheSubnetGroupName');
        return here(api, {
          id: textOf(each, 'ARN') || api.arn('elasticache', `subnetgroup:${name}`),
          type: 'AWS::ElastiCache::SubnetGroup',
          name,
          names: { Ref: name },
          properties: {
            CacheSubnetGroupName: name,
            SubnetIds: mapsOf(each, 'Subnets').map((subnet) => textOf(subnet, 'SubnetIdentifier')),
          },
        });
      }),
      ...parameters
        .filter((each) => !textOf(each, 'CacheParameterGroupName').startsWith('default.'))
        .map((each) => {
          const name = textOf(each, 'CacheParameterGroupName');
          return here(api, {
            id: textOf(each, 'ARN') || api.arn('elasticache', `parametergroup:${name}`),
            type: 'AWS::ElastiCache::ParameterGroup',
            name,
            names: { Ref: name },
            properties: pick(each, ['CacheParameterGroupFamily', 'Description']),
          });
        }),
    ];
  },
};

const ALIKE = [
  'AutoMinorVersionUpgrade',
  'SnapshotRetentionLimit',
  'TransitEncryptionEnabled',
  'CacheNodeType',
];

function network(cluster: Output): Output {
  return {
    ...pick(cluster, ['CacheSubnetGroupName']),
    ...given(
      'SecurityGroupIds',
      mapsOf(cluster, 'SecurityGroups').map((each) => textOf(each, 'SecurityGroupId')),
    ),
  };
}

function cacheCluster(api: Api, found: Output): FoundResource {
  const name = textOf(found, 'CacheClusterId');
  const { SecurityGroupIds, ...placed } = network(found);
  return here(api, {
    id: textOf(found, 'ARN') || api.arn('elasticache', `cluster:${name}`),
    type: 'AWS::ElastiCache::CacheCluster',
    name,
    names: { Ref: name },
    properties: {
      ...pick(found, ['CacheClusterId=ClusterName', 'Engine', 'EngineVersion', 'NumCacheNodes', ...ALIKE]),
      ...pick(mapOf(found, 'CacheParameterGroup'), ['CacheParameterGroupName']),
      ...placed,
      ...given('VpcSecurityGroupIds', SecurityGroupIds),
    },
  });
}

/** Where a group stands and what it runs is said by its members only. */
function replicationGroup(api: Api, found: Output, clusters: readonly Output[]): FoundResource {
  const name = textOf(found, 'ReplicationGroupId');
  const members = textsOf(found, 'MemberClusters');
  const member = clusters.find((each) => members.includes(textOf(each, 'CacheClusterId'))) ?? {};
  return here(api, {
    id: textOf(found, 'ARN') || api.arn('elasticache', `replicationgroup:${name}`),
    type: 'AWS::ElastiCache::ReplicationGroup',
    name,
    names: { Ref: name },
    // The token itself is never given out: that there is one is all that is known.
    unread: found.AuthTokenEnabled === true ? ['AuthToken'] : [],
    properties: {
      ...pick(found, ['ReplicationGroupId', 'AtRestEncryptionEnabled', 'KmsKeyId', 'UserGroupIds', ...ALIKE]),
      ...pick(found, ['Description=ReplicationGroupDescription', 'TransitEncryptionMode', 'Engine']),
      ...pick(member, ['Engine', 'EngineVersion']),
      AutomaticFailoverEnabled: ['enabled', 'enabling'].includes(textOf(found, 'AutomaticFailover')),
      MultiAZEnabled: textOf(found, 'MultiAZ') === 'enabled',
      ...network(member),
    },
  });
}
