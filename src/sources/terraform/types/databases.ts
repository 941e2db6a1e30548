import { known, map, stringFrom, type Value } from '../../../model/value.ts';
import { block, blockItems, blocks, type Field, type Fields, inline, tags } from '../translate/fields.ts';
import { type } from '../translate/type-mapping.ts';

/** Parameter blocks as the map of names and values that CloudFormation has. */
const parameters: Field = (value, target) => {
  if (value.kind === 'unknown') {
    target.set('Parameters', value);
    return;
  }
  const entries = blockItems(value).flatMap((item): [string, Value][] => {
    const name =
      item.kind === 'map' ? stringFrom(item.entries.get('name') ?? known(null, item.span)) : undefined;
    const setting = item.kind === 'map' ? item.entries.get('value') : undefined;
    return name !== undefined && setting ? [[name, setting]] : [];
  });
  target.set('Parameters', map(new Map(entries), value.span));
};

const PARAMETER_GROUP: Fields = {
  name: 'DBParameterGroupName',
  family: 'Family',
  description: 'Description',
  parameter: parameters,
};

const SHARED: Fields = {
  engine: 'Engine',
  engine_version: 'EngineVersion',
  port: 'Port',
  db_subnet_group_name: 'DBSubnetGroupName',
  storage_encrypted: 'StorageEncrypted',
  kms_key_id: 'KmsKeyId',
  backup_retention_period: 'BackupRetentionPeriod',
  deletion_protection: 'DeletionProtection',
  enabled_cloudwatch_logs_exports: 'EnableCloudwatchLogsExports',
  iam_database_authentication_enabled: 'EnableIAMDatabaseAuthentication',
  manage_master_user_password: 'ManageMasterUserPassword',
  master_user_secret_kms_key_id: 'MasterUserSecret.KmsKeyId',
  monitoring_interval: 'MonitoringInterval',
  monitoring_role_arn: 'MonitoringRoleArn',
  snapshot_identifier: 'DBSnapshotIdentifier',
  tags: tags(),
};

const INSTANCE: Fields = {
  ...SHARED,
  identifier: 'DBInstanceIdentifier',
  instance_class: 'DBInstanceClass',
  allocated_storage: 'AllocatedStorage',
  storage_type: 'StorageType',
  db_name: 'DBName',
  username: 'MasterUsername',
  password: 'MasterUserPassword',
  password_wo: 'MasterUserPassword',
  publicly_accessible: 'PubliclyAccessible',
  multi_az: 'MultiAZ',
  availability_zone: 'AvailabilityZone',
  vpc_security_group_ids: 'VPCSecurityGroups',
  parameter_group_name: 'DBParameterGroupName',
  option_group_name: 'OptionGroupName',
  auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
  copy_tags_to_snapshot: 'CopyTagsToSnapshot',
  performance_insights_enabled: 'EnablePerformanceInsights',
  performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
  performance_insights_retention_period: 'PerformanceInsightsRetentionPeriod',
  ca_cert_identifier: 'CACertificateIdentifier',
  replicate_source_db: 'SourceDBInstanceIdentifier',
};

const CLUSTER: Fields = {
  ...SHARED,
  cluster_identifier: 'DBClusterIdentifier',
  engine_mode: 'EngineMode',
  database_name: 'DatabaseName',
  master_username: 'MasterUsername',
  master_password: 'MasterUserPassword',
  master_password_wo: 'MasterUserPassword',
  vpc_security_group_ids: 'VpcSecurityGroupIds',
  db_cluster_parameter_group_name: 'DBClusterParameterGroupName',
  copy_tags_to_snapshot: 'CopyTagsToSnapshot',
  backtrack_window: 'BacktrackWindow',
  availability_zones: 'AvailabilityZones',
  snapshot_identifier: 'SnapshotIdentifier',
  performance_insights_enabled: 'PerformanceInsightsEnabled',
  performance_insights_kms_key_id: 'PerformanceInsightsKmsKeyId',
};

const CLUSTER_MEMBER: Fields = {
  identifier: 'DBInstanceIdentifier',
  cluster_identifier: 'DBClusterIdentifier',
  instance_class: 'DBInstanceClass',
  engine: 'Engine',
  publicly_accessible: 'PubliclyAccessible',
  auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
  db_subnet_group_name: 'DBSubnetGroupName',
  monitoring_interval: 'MonitoringInterval',
  performance_insights_enabled: 'EnablePerformanceInsights',
  performance_insights_kms_key_id: 'PerformanceInsightsKMSKeyId',
  copy_tags_to_snapshot: 'CopyTagsToSnapshot',
  tags: tags(),
};

const DOCUMENT_CLUSTER: Fields = {
  cluster_identifier: 'DBClusterIdentifier',
  master_username: 'MasterUsername',
  master_password: 'MasterUserPassword',
  storage_encrypted: 'StorageEncrypted',
  kms_key_id: 'KmsKeyId',
  backup_retention_period: 'BackupRetentionPeriod',
  deletion_protection: 'DeletionProtection',
  enabled_cloudwatch_logs_exports: 'EnableCloudwatchLogsExports',
  vpc_security_group_ids: 'VpcSecurityGroupIds',
  db_subnet_group_name: 'DBSubnetGroupName',
  port: 'Port',
  tags: tags(),
};

const GRAPH_CLUSTER: Fields = {
  cluster_identifier: 'DBClusterIdentifier',
  storage_encrypted: 'StorageEncrypted',
  kms_key_arn: 'KmsKeyId',
  backup_retention_period: 'BackupRetentionPeriod',
  deletion_protection: 'DeletionProtection',
  iam_database_authentication_enabled: 'IamAuthEnabled',
  enable_cloudwatch_logs_exports: 'EnableCloudwatchLogsExports',
  copy_tags_to_snapshot: 'CopyTagsToSnapshot',
  vpc_security_group_ids: 'VpcSecurityGroupIds',
  neptune_subnet_group_name: 'DBSubnetGroupName',
  tags: tags(),
};

const ENDPOINTS = { endpoint: 'Endpoint.Address', address: 'Endpoint.Address' };

export const DATABASE_TYPES = [
  type('aws_db_instance', 'AWS::RDS::DBInstance', INSTANCE, {
    attributes: {
      ...ENDPOINTS,
      identifier: 'Ref',
      arn: 'DBInstanceArn',
      resource_id: 'DbiResourceId',
      master_user_secret: 'MasterUserSecret',
    },
    defaults: { PubliclyAccessible: false, BackupRetentionPeriod: 0 },
    secrets: ['password'],
  }),
  type('aws_rds_cluster', 'AWS::RDS::DBCluster', CLUSTER, {
    attributes: {
      ...ENDPOINTS,
      cluster_identifier: 'Ref',
      arn: 'DBClusterArn',
      reader_endpoint: 'ReadEndpoint.Address',
    },
    secrets: ['master_password'],
  }),
  type('aws_rds_cluster_instance', 'AWS::RDS::DBInstance', CLUSTER_MEMBER, {
    attributes: { ...ENDPOINTS, identifier: 'Ref', arn: 'DBInstanceArn' },
    defaults: { PubliclyAccessible: false },
  }),
  type(
    'aws_db_subnet_group',
    'AWS::RDS::DBSubnetGroup',
    {
      name: 'DBSubnetGroupName',
      description: 'DBSubnetGroupDescription',
      subnet_ids: 'SubnetIds',
      tags: tags(),
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_db_parameter_group', 'AWS::RDS::DBParameterGroup', PARAMETER_GROUP, {
    attributes: { name: 'Ref' },
  }),
  type(
    'aws_rds_cluster_parameter_group',
    'AWS::RDS::DBClusterParameterGroup',
    { ...PARAMETER_GROUP, name: 'DBClusterParameterGroupName' },
    { attributes: { name: 'Ref' } },
  ),
  type(
    'aws_db_option_group',
    'AWS::RDS::OptionGroup',
    {
      engine_name: 'EngineName',
      major_engine_version: 'MajorEngineVersion',
    },
    { attributes: { name: 'Ref' } },
  ),
  type(
    'aws_db_proxy',
    'AWS::RDS::DBProxy',
    {
      name: 'DBProxyName',
      engine_family: 'EngineFamily',
      require_tls: 'RequireTLS',
      role_arn: 'RoleArn',
      vpc_subnet_ids: 'VpcSubnetIds',
      vpc_security_group_ids: 'VpcSecurityGroupIds',
    },
    { attributes: { name: 'Ref', endpoint: 'Endpoint' } },
  ),
  type('aws_db_event_subscription', 'AWS::RDS::EventSubscription', {
    sns_topic: 'SnsTopicArn',
    source_type: 'SourceType',
    source_ids: 'SourceIds',
    event_categories: 'EventCategories',
    enabled: 'Enabled',
  }),
  type('aws_docdb_cluster', 'AWS::DocDB::DBCluster', DOCUMENT_CLUSTER, {
    attributes: { endpoint: 'Endpoint', cluster_identifier: 'Ref' },
    defaults: { BackupRetentionPeriod: 1 },
    secrets: ['master_password'],
  }),
  type('aws_docdb_cluster_instance', 'AWS::DocDB::DBInstance', {
    identifier: 'DBInstanceIdentifier',
    cluster_identifier: 'DBClusterIdentifier',
    instance_class: 'DBInstanceClass',
    auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
  }),
  type('aws_neptune_cluster', 'AWS::Neptune::DBCluster', GRAPH_CLUSTER, {
    attributes: { endpoint: 'Endpoint', cluster_identifier: 'Ref' },
    defaults: { BackupRetentionPeriod: 1 },
  }),
  type('aws_neptune_cluster_instance', 'AWS::Neptune::DBInstance', {
    identifier: 'DBInstanceIdentifier',
    cluster_identifier: 'DBClusterIdentifier',
    instance_class: 'DBInstanceClass',
    publicly_accessible: 'PubliclyAccessible',
    auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
  }),
  type(
    'aws_dynamodb_table',
    'AWS::DynamoDB::Table',
    {
      name: 'TableName',
      billing_mode: 'BillingMode',
      deletion_protection_enabled: 'DeletionProtectionEnabled',
      point_in_time_recovery: block('PointInTimeRecoverySpecification', {
        enabled: 'PointInTimeRecoveryEnabled',
      }),
      server_side_encryption: block('SSESpecification', {
        enabled: 'SSEEnabled',
        kms_key_arn: 'KMSMasterKeyId',
      }),
      read_capacity: 'ProvisionedThroughput.ReadCapacityUnits',
      write_capacity: 'ProvisionedThroughput.WriteCapacityUnits',
      stream_view_type: 'StreamSpecification.StreamViewType',
      tags: tags(),
    },
    { attributes: { name: 'Ref', stream_arn: 'StreamArn' } },
  ),
  type('aws_dax_cluster', 'AWS::DAX::Cluster', {
    cluster_name: 'ClusterName',
    iam_role_arn: 'IAMRoleARN',
    node_type: 'NodeType',
    replication_factor: 'ReplicationFactor',
    cluster_endpoint_encryption_type: 'ClusterEndpointEncryptionType',
    server_side_encryption: block('SSESpecification', { enabled: 'SSEEnabled' }),
    subnet_group_name: 'SubnetGroupName',
    security_group_ids: 'SecurityGroupIds',
  }),
  type(
    'aws_elasticache_replication_group',
    'AWS::ElastiCache::ReplicationGroup',
    {
      replication_group_id: 'ReplicationGroupId',
      description: 'ReplicationGroupDescription',
      engine: 'Engine',
      engine_version: 'EngineVersion',
      node_type: 'CacheNodeType',
      at_rest_encryption_enabled: 'AtRestEncryptionEnabled',
      transit_encryption_enabled: 'TransitEncryptionEnabled',
      transit_encryption_mode: 'TransitEncryptionMode',
      auth_token: 'AuthToken',
      user_group_ids: 'UserGroupIds',
      kms_key_id: 'KmsKeyId',
      automatic_failover_enabled: 'AutomaticFailoverEnabled',
      multi_az_enabled: 'MultiAZEnabled',
      num_cache_clusters: 'NumCacheClusters',
      num_node_groups: 'NumNodeGroups',
      snapshot_retention_limit: 'SnapshotRetentionLimit',
      auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
      subnet_group_name: 'CacheSubnetGroupName',
      security_group_ids: 'SecurityGroupIds',
      port: 'Port',
      tags: tags(),
    },
    { defaults: { AutomaticFailoverEnabled: false }, secrets: ['auth_token'] },
  ),
  type('aws_elasticache_cluster', 'AWS::ElastiCache::CacheCluster', {
    cluster_id: 'ClusterName',
    engine: 'Engine',
    engine_version: 'EngineVersion',
    node_type: 'CacheNodeType',
    num_cache_nodes: 'NumCacheNodes',
    az_mode: 'AZMode',
    transit_encryption_enabled: 'TransitEncryptionEnabled',
    snapshot_retention_limit: 'SnapshotRetentionLimit',
    auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
    subnet_group_name: 'CacheSubnetGroupName',
    security_group_ids: 'VpcSecurityGroupIds',
    port: 'Port',
    tags: tags(),
  }),
  type(
    'aws_elasticache_subnet_group',
    'AWS::ElastiCache::SubnetGroup',
    {
      name: 'CacheSubnetGroupName',
      description: 'Description',
      subnet_ids: 'SubnetIds',
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_elasticache_security_group', 'AWS::ElastiCache::SecurityGroup', { description: 'Description' }),
  type(
    'aws_redshift_cluster',
    'AWS::Redshift::Cluster',
    {
      cluster_identifier: 'ClusterIdentifier',
      cluster_type: 'ClusterType',
      node_type: 'NodeType',
      database_name: 'DBName',
      master_username: 'MasterUsername',
      master_password: 'MasterUserPassword',
      manage_master_password: 'ManageMasterPassword',
      publicly_accessible: 'PubliclyAccessible',
      encrypted: 'Encrypted',
      kms_key_id: 'KmsKeyId',
      enhanced_vpc_routing: 'EnhancedVpcRouting',
      automated_snapshot_retention_period: 'AutomatedSnapshotRetentionPeriod',
      allow_version_upgrade: 'AllowVersionUpgrade',
      cluster_subnet_group_name: 'ClusterSubnetGroupName',
      cluster_parameter_group_name: 'ClusterParameterGroupName',
      vpc_security_group_ids: 'VpcSecurityGroupIds',
      number_of_nodes: 'NumberOfNodes',
      multi_az: 'MultiAZ',
      logging: inline({
        bucket_name: 'LoggingProperties.BucketName',
        s3_key_prefix: 'LoggingProperties.S3KeyPrefix',
      }),
      tags: tags(),
    },
    {
      defaults: { PubliclyAccessible: true, AutomatedSnapshotRetentionPeriod: 1 },
      secrets: ['master_password'],
    },
  ),
  type(
    'aws_redshift_parameter_group',
    'AWS::Redshift::ClusterParameterGroup',
    {
      family: 'ParameterGroupFamily',
      description: 'Description',
      parameter: blocks('Parameters', { name: 'ParameterName', value: 'ParameterValue' }),
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_efs_file_system', 'AWS::EFS::FileSystem', {
    encrypted: 'Encrypted',
    kms_key_id: 'KmsKeyId',
    performance_mode: 'PerformanceMode',
    throughput_mode: 'ThroughputMode',
    tags: tags('FileSystemTags'),
  }),
  type('aws_efs_mount_target', 'AWS::EFS::MountTarget', {
    file_system_id: 'FileSystemId',
    subnet_id: 'SubnetId',
    security_groups: 'SecurityGroups',
  }),
  type('aws_efs_access_point', 'AWS::EFS::AccessPoint', {
    file_system_id: 'FileSystemId',
    posix_user: block('PosixUser', { uid: 'Uid', gid: 'Gid' }),
    root_directory: block('RootDirectory', { path: 'Path' }),
  }),
  type(
    'aws_dms_replication_instance',
    'AWS::DMS::ReplicationInstance',
    {
      replication_instance_id: 'ReplicationInstanceIdentifier',
      replication_instance_class: 'ReplicationInstanceClass',
      publicly_accessible: 'PubliclyAccessible',
      auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
      multi_az: 'MultiAZ',
      kms_key_arn: 'KmsKeyId',
      replication_subnet_group_id: 'ReplicationSubnetGroupIdentifier',
      vpc_security_group_ids: 'VpcSecurityGroupIds',
    },
    { defaults: { PubliclyAccessible: false, AutoMinorVersionUpgrade: false } },
  ),
];
