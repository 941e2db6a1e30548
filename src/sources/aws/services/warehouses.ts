import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Data warehouses with their parameters and audit logs (Amazon Redshift API reference). */
export const warehouses: Collector = {
  id: 'warehouses',
  service: 'redshift',
  where: 'region',
  types: [
    'AWS::Redshift::Cluster',
    'AWS::Redshift::ClusterParameterGroup',
    'AWS::Redshift::ClusterSubnetGroup',
  ],
  actions: {
    DescribeClusters: 'redshift:DescribeClusters',
    DescribeLoggingStatus: 'redshift:DescribeLoggingStatus',
    DescribeClusterParameterGroups: 'redshift:DescribeClusterParameterGroups',
    DescribeClusterParameters: 'redshift:DescribeClusterParameters',
    DescribeClusterSubnetGroups: 'redshift:DescribeClusterSubnetGroups',
  },
  async read(api) {
    const [clusters, parameters, subnets] = await Promise.all([
      api.all('DescribeClusters', 'Clusters'),
      api.some('DescribeClusterParameterGroups', 'ParameterGroups', ['AWS::Redshift::ClusterParameterGroup']),
      api.some('DescribeClusterSubnetGroups', 'ClusterSubnetGroups', ['AWS::Redshift::ClusterSubnetGroup']),
    ]);
    const found = await Promise.all([
      ...clusters.map(async (each) => [await warehouse(api, each)]),
      ...parameters.map((each) => warehouseParameters(api, each)),
    ]);
    return [
      ...found.flat(),
      ...subnets.map((group) => {
        const name = textOf(group, 'ClusterSubnetGroupName');
        return here(api, {
          id: api.arn('redshift', `subnetgroup:${name}`),
          type: 'AWS::Redshift::ClusterSubnetGroup',
          name,
          names: { Ref: name },
          properties: {
            ...pick(group, ['ClusterSubnetGroupName', 'Description']),
            SubnetIds: mapsOf(group, 'Subnets').map((subnet) => textOf(subnet, 'SubnetIdentifier')),
          },
        });
      }),
    ];
  },
};

const WAREHOUSE = [
  'ClusterIdentifier',
  'NodeType',
  'NumberOfNodes',
  'DBName',
  'MasterUsername',
  'Encrypted',
  'KmsKeyId',
  'PubliclyAccessible',
  'EnhancedVpcRouting',
  'AllowVersionUpgrade',
  'AutomatedSnapshotRetentionPeriod',
  'ClusterSubnetGroupName',
];

async function warehouse(api: Api, found: Output): Promise<FoundResource> {
  const name = textOf(found, 'ClusterIdentifier');
  const logging = await api.detail('DescribeLoggingStatus', { ClusterIdentifier: name });
  const logs = logging.is === 'read' ? logging.output : {};
  const [parameters] = mapsOf(found, 'ClusterParameterGroups');
  return here(api, {
    id: api.arn('redshift', `cluster:${name}`),
    type: 'AWS::Redshift::Cluster',
    name,
    names: { Ref: name },
    unread: ['MasterUserPassword', ...(logging.is === 'unread' ? ['LoggingProperties'] : [])],
    properties: {
      ...pick(found, WAREHOUSE),
      Port: textOf(mapOf(found, 'Endpoint'), 'Port'),
      ...given('ClusterParameterGroupName', textOf(parameters ?? {}, 'ParameterGroupName')),
      VpcSecurityGroupIds: mapsOf(found, 'VpcSecurityGroups').map((each) =>
        textOf(each, 'VpcSecurityGroupId'),
      ),
      ...(logs.LoggingEnabled === true
        ? { LoggingProperties: pick(logs, ['BucketName', 'S3KeyPrefix', 'LogDestinationType', 'LogExports']) }
        : {}),
      ...given('Tags', mapsOf(found, 'Tags')),
    },
  });
}

async function warehouseParameters(api: Api, group: Output): Promise<readonly FoundResource[]> {
  const name = textOf(group, 'ParameterGroupName');
  if (name.startsWith('default.')) return [];
  const input = { ParameterGroupName: name, Source: 'user' };
  const parameters = await api.all('DescribeClusterParameters', 'Parameters', input);
  return [
    here(api, {
      id: api.arn('redshift', `parametergroup:${name}`),
      type: 'AWS::Redshift::ClusterParameterGroup',
      name,
      names: { Ref: name },
      properties: {
        ...pick(group, ['ParameterGroupName', 'ParameterGroupFamily', 'Description']),
        Parameters: parameters.map((each) => pick(each, ['ParameterName', 'ParameterValue'])),
      },
    }),
  ];
}
