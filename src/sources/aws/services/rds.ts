import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** The engines that CloudFormation has types of their own for; the RDS API lists them with the rest. */
const FAMILIES: readonly { readonly engine: string; readonly family: string }[] = [
  { engine: 'docdb', family: 'AWS::DocDB' },
  { engine: 'neptune', family: 'AWS::Neptune' },
];

function familyOf(found: Output): string {
  const engine = textOf(found, 'Engine');
  return FAMILIES.find((each) => each.engine === engine)?.family ?? 'AWS::RDS';
}

/** Databases (Amazon RDS API reference). No password is ever part of an answer. */
export const databases: Collector = {
  id: 'databases',
  service: 'rds',
  where: 'region',
  types: [
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBSubnetGroup',
    'AWS::DocDB::DBInstance',
    'AWS::DocDB::DBCluster',
    'AWS::DocDB::DBSubnetGroup',
    'AWS::Neptune::DBInstance',
    'AWS::Neptune::DBCluster',
    'AWS::Neptune::DBSubnetGroup',
  ],
  actions: {
    DescribeDBInstances: 'rds:DescribeDBInstances',
    DescribeDBClusters: 'rds:DescribeDBClusters',
    DescribeDBSubnetGroups: 'rds:DescribeDBSubnetGroups',
  },
  async read(api) {
    const [instances, clusters, groups] = await Promise.all([
      api.all('DescribeDBInstances', 'DBInstances'),
      api.all('DescribeDBClusters', 'DBClusters'),
      api.some('DescribeDBSubnetGroups', 'DBSubnetGroups', [
        'AWS::RDS::DBSubnetGroup',
        'AWS::DocDB::DBSubnetGroup',
        'AWS::Neptune::DBSubnetGroup',
      ]),
    ]);
    return [
      ...instances.map((each) => databaseInstance(api, each)),
      ...clusters.map((each) => databaseCluster(api, each)),
      ...groups.flatMap((group) => subnetGroup(api, group, [...instances, ...clusters])),
    ];
  },
};

/** A group is of the family that uses it; one that nothing uses is of RDS. */
function subnetGroup(api: Api, group: Output, databases: readonly Output[]): readonly FoundResource[] {
  const name = textOf(group, 'DBSubnetGroupName');
  const families = databases.filter((each) => subnetGroupOf(each) === name).map(familyOf);
  const used = families.length > 0 ? [...new Set(families)] : ['AWS::RDS'];
  const arn = textOf(group, 'DBSubnetGroupArn') || api.arn('rds', `subgrp:${name}`);
  return used.map((family, index) =>
    here(api, {
      id: index === 0 ? arn : `${arn}#${family}`,
      type: `${family}::DBSubnetGroup`,
      name,
      names: { Ref: name },
      properties: {
        ...pick(group, ['DBSubnetGroupName', 'DBSubnetGroupDescription']),
        SubnetIds: mapsOf(group, 'Subnets').map((subnet) => textOf(subnet, 'SubnetIdentifier')),
      },
    }),
  );
}

function subnetGroupOf(database: Output): string {
  const group = database.DBSubnetGroup;
  return typeof group === 'string' ? group : textOf(mapOf(database, 'DBSubnetGroup'), 'DBSubnetGroupName');
}

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
  'EnabledCloudwatchLogsExports=EnableCloudwatchLogsExports',
];

const INSTANCE = [
  ...SAME_IN_BOTH,
  'DBInstanceIdentifier',
  'DBClusterIdentifier',
  'DBInstanceClass',
  'DBName',
  'MultiAZ',
  'CACertificateIdentifier',
  'IAMDatabaseAuthenticationEnabled=EnableIAMDatabaseAuthentication',
  'PerformanceInsightsEnabled=EnablePerformanceInsights',
  'ReadReplicaSourceDBInstanceIdentifier=SourceDBInstanceIdentifier',
];

function databaseInstance(api: Api, found: Output): FoundResource {
  const name = textOf(found, 'DBInstanceIdentifier');
  const [parameters] = mapsOf(found, 'DBParameterGroups');
  const [options] = mapsOf(found, 'OptionGroupMemberships');
  return here(api, {
    id: textOf(found, 'DBInstanceArn'),
    type: `${familyOf(found)}::DBInstance`,
    name,
    names: { Ref: name },
    unread: passwordUnseen(found),
    properties: {
      ...pick(found, INSTANCE),
      ...managedPassword(found),
      AllocatedStorage: textOf(found, 'AllocatedStorage'),
      VPCSecurityGroups: securityGroups(found),
      ...given('DBSubnetGroupName', subnetGroupOf(found)),
      ...given('DBParameterGroupName', textOf(parameters ?? {}, 'DBParameterGroupName')),
      ...given('OptionGroupName', textOf(options ?? {}, 'OptionGroupName')),
      ...given('Tags', mapsOf(found, 'TagList')),
    },
  });
}

function securityGroups(found: Output): readonly string[] {
  return mapsOf(found, 'VpcSecurityGroups').map((each) => textOf(each, 'VpcSecurityGroupId'));
}

/** No answer shows a password that people set, nor where else it is written. */
function passwordUnseen(found: Output): readonly string[] {
  const elsewhere = 'DBInstanceIdentifier' in found && textOf(found, 'DBClusterIdentifier') !== '';
  return elsewhere || secretOf(found) !== '' ? [] : ['MasterUserPassword'];
}

function managedPassword(found: Output): Output {
  return secretOf(found) === '' ? {} : { ManageMasterUserPassword: true };
}

function secretOf(found: Output): string {
  return textOf(mapOf(found, 'MasterUserSecret'), 'SecretArn');
}

const CLUSTER = [
  ...SAME_IN_BOTH,
  'DBClusterIdentifier',
  'DatabaseName',
  'BacktrackWindow',
  'AvailabilityZones',
  'DBClusterInstanceClass',
  'MultiAZ',
  'ReplicationSourceIdentifier',
  'DBSubnetGroup=DBSubnetGroupName',
  'DBClusterParameterGroup=DBClusterParameterGroupName',
];

function databaseCluster(api: Api, found: Output): FoundResource {
  const name = textOf(found, 'DBClusterIdentifier');
  const family = familyOf(found);
  const iam = family === 'AWS::Neptune' ? 'IamAuthEnabled' : 'EnableIAMDatabaseAuthentication';
  return here(api, {
    id: textOf(found, 'DBClusterArn'),
    type: `${family}::DBCluster`,
    name,
    names: { Ref: name },
    unread: passwordUnseen(found),
    properties: {
      ...pick(found, [...CLUSTER, `IAMDatabaseAuthenticationEnabled=${iam}`]),
      ...managedPassword(found),
      VpcSecurityGroupIds: securityGroups(found),
      ...given('Tags', mapsOf(found, 'TagList')),
    },
  });
}

/** Groups of parameters that people made, with the parameters that people set in them. */
export const parameterGroups: Collector = {
  id: 'parameter-groups',
  service: 'rds',
  where: 'region',
  types: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::OptionGroup'],
  actions: {
    DescribeDBParameterGroups: 'rds:DescribeDBParameterGroups',
    DescribeDBParameters: 'rds:DescribeDBParameters',
    DescribeDBClusterParameterGroups: 'rds:DescribeDBClusterParameterGroups',
    DescribeDBClusterParameters: 'rds:DescribeDBClusterParameters',
    DescribeOptionGroups: 'rds:DescribeOptionGroups',
  },
  async read(api) {
    const [own, shared, options] = await Promise.all([
      api.some('DescribeDBParameterGroups', 'DBParameterGroups', ['AWS::RDS::DBParameterGroup']),
      api.some('DescribeDBClusterParameterGroups', 'DBClusterParameterGroups', [
        'AWS::RDS::DBClusterParameterGroup',
      ]),
      api.some('DescribeOptionGroups', 'OptionGroupsList', ['AWS::RDS::OptionGroup']),
    ]);
    const found = await Promise.all([
      ...own.map((each) => parameterGroup(api, each, 'DB')),
      ...shared.map((each) => parameterGroup(api, each, 'DBCluster')),
    ]);
    return [...found.flat(), ...options.flatMap((each) => optionGroup(api, each))];
  },
};

async function parameterGroup(
  api: Api,
  group: Output,
  kind: 'DB' | 'DBCluster',
): Promise<readonly FoundResource[]> {
  const name = textOf(group, `${kind}ParameterGroupName`);
  if (name.startsWith('default')) return [];
  const input = { [`${kind}ParameterGroupName`]: name, Source: 'user' };
  const parameters = await api.all(`Describe${kind}Parameters`, 'Parameters', input);
  const set = parameters.map(
    (each) => [textOf(each, 'ParameterName'), textOf(each, 'ParameterValue')] as const,
  );
  return [
    here(api, {
      id:
        textOf(group, `${kind}ParameterGroupArn`) ||
        api.arn('rds', `${kind === 'DB' ? 'pg' : 'cluster-pg'}:${name}`),
      type: `AWS::RDS::${kind}ParameterGroup`,
      name,
      names: { Ref: name },
      properties: {
        ...pick(group, ['DBParameterGroupFamily=Family', 'Description']),
        [`${kind}ParameterGroupName`]: name,
        Parameters: Object.fromEntries(set.filter(([, value]) => value !== '')),
      },
    }),
  ];
}

/** Settings of options may be passwords: only which options there are is kept. */
function optionGroup(api: Api, group: Output): readonly FoundResource[] {
  const name = textOf(group, 'OptionGroupName');
  if (name.startsWith('default')) return [];
  return [
    here(api, {
      id: textOf(group, 'OptionGroupArn') || api.arn('rds', `og:${name}`),
      type: 'AWS::RDS::OptionGroup',
      name,
      names: { Ref: name },
      properties: {
        ...pick(group, ['OptionGroupName', 'EngineName', 'MajorEngineVersion', 'OptionGroupDescription']),
        OptionConfigurations: mapsOf(group, 'Options').map((each) =>
          pick(each, ['OptionName', 'Port', 'OptionVersion']),
        ),
      },
    }),
  ];
}
