import { known, type Value } from '../../../model/value.ts';
import { block, blocks, json, renamed, tags, written } from '../translate/fields.ts';
import type { PropertyBuilder } from '../translate/property-builder.ts';
import { join, type } from '../translate/type-mapping.ts';

const ARN_IS_REF = { arn: 'Ref', id: 'Ref' };

const VPC_CONFIG = { subnet_ids: 'SubnetIds', security_group_ids: 'SecurityGroupIds' };

/** Elasticsearch domains and OpenSearch domains take the same arguments. */
const searchDomain = {
  domain_name: 'DomainName',
  elasticsearch_version: 'ElasticsearchVersion',
  engine_version: 'EngineVersion',
  access_policies: json('AccessPolicies'),
  encrypt_at_rest: block('EncryptionAtRestOptions', { enabled: 'Enabled', kms_key_id: 'KmsKeyId' }),
  node_to_node_encryption: block('NodeToNodeEncryptionOptions', { enabled: 'Enabled' }),
  domain_endpoint_options: block('DomainEndpointOptions', {
    enforce_https: 'EnforceHTTPS',
    tls_security_policy: 'TLSSecurityPolicy',
  }),
  vpc_options: block('VPCOptions', VPC_CONFIG),
  advanced_security_options: block('AdvancedSecurityOptions', {
    enabled: 'Enabled',
    internal_user_database_enabled: 'InternalUserDatabaseEnabled',
  }),
  log_publishing_options: logOptions,
  tags: tags(),
};

/** Log destinations by type, as a map. */
function logOptions(value: Value, target: PropertyBuilder): void {
  for (const item of value.kind === 'list' ? value.items : [value]) {
    if (item.kind !== 'map') continue;
    const name = item.entries.get('log_type');
    const group = written(item.entries.get('cloudwatch_log_group_arn'));
    if (name?.kind !== 'known') continue;
    const enabled = written(item.entries.get('enabled')) ?? known(true, item.span);
    target.set(`LogPublishingOptions.${String(name.value)}.Enabled`, enabled);
    if (group) target.set(`LogPublishingOptions.${String(name.value)}.CloudWatchLogsLogGroupArn`, group);
  }
}

export const ANALYTICS_TYPES = [
  type(
    'aws_kinesis_stream',
    'AWS::Kinesis::Stream',
    {
      name: 'Name',
      retention_period: 'RetentionPeriodHours',
      shard_count: 'ShardCount',
      encryption_type: renamed('StreamEncryption.EncryptionType', {}),
      kms_key_id: 'StreamEncryption.KeyId',
      tags: tags(),
    },
    { attributes: { name: 'Ref' } },
  ),
  type(
    'aws_kinesis_firehose_delivery_stream',
    'AWS::KinesisFirehose::DeliveryStream',
    {
      name: 'DeliveryStreamName',
      server_side_encryption: block('DeliveryStreamEncryptionConfigurationInput', {
        key_type: 'KeyType',
        key_arn: 'KeyARN',
      }),
    },
    { attributes: { name: 'Ref' } },
  ),
  type(
    'aws_sfn_state_machine',
    'AWS::StepFunctions::StateMachine',
    {
      name: 'StateMachineName',
      role_arn: 'RoleArn',
      definition: 'DefinitionString',
      logging_configuration: block('LoggingConfiguration', {
        level: 'Level',
        include_execution_data: 'IncludeExecutionData',
      }),
      tracing_configuration: block('TracingConfiguration', { enabled: 'Enabled' }),
    },
    { attributes: ARN_IS_REF },
  ),
  type('aws_elasticsearch_domain', 'AWS::Elasticsearch::Domain', searchDomain, {
    attributes: { endpoint: 'DomainEndpoint' },
  }),
  type('aws_opensearch_domain', 'AWS::OpenSearchService::Domain', searchDomain, {
    attributes: { endpoint: 'DomainEndpoint' },
  }),
  type(
    'aws_msk_cluster',
    'AWS::MSK::Cluster',
    {
      cluster_name: 'ClusterName',
      kafka_version: 'KafkaVersion',
      number_of_broker_nodes: 'NumberOfBrokerNodes',
      broker_node_group_info: block('BrokerNodeGroupInfo', {
        client_subnets: 'ClientSubnets',
        instance_type: 'InstanceType',
        security_groups: 'SecurityGroups',
        connectivity_info: block('ConnectivityInfo', {
          public_access: block('PublicAccess', { type: 'Type' }),
        }),
      }),
      encryption_info: block('EncryptionInfo', {
        encryption_at_rest_kms_key_arn: 'EncryptionAtRest.DataVolumeKMSKeyId',
        encryption_in_transit: block('EncryptionInTransit', {
          client_broker: 'ClientBroker',
          in_cluster: 'InCluster',
        }),
      }),
      client_authentication: block('ClientAuthentication', { unauthenticated: 'Unauthenticated.Enabled' }),
      logging_info: block('LoggingInfo', {
        broker_logs: block('BrokerLogs', {
          cloudwatch_logs: block('CloudWatchLogs', { enabled: 'Enabled', log_group: 'LogGroup' }),
          firehose: block('Firehose', { enabled: 'Enabled', delivery_stream: 'DeliveryStream' }),
          s3: block('S3', { enabled: 'Enabled', bucket: 'Bucket' }),
        }),
      }),
    },
    { attributes: ARN_IS_REF },
  ),
  type(
    'aws_mq_broker',
    'AWS::AmazonMQ::Broker',
    {
      broker_name: 'BrokerName',
      engine_type: 'EngineType',
      engine_version: 'EngineVersion',
      deployment_mode: 'DeploymentMode',
      publicly_accessible: 'PubliclyAccessible',
      auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
      subnet_ids: 'SubnetIds',
      security_groups: 'SecurityGroups',
      logs: block('Logs', { audit: 'Audit', general: 'General' }),
      encryption_options: block('EncryptionOptions', {
        kms_key_id: 'KmsKeyId',
        use_aws_owned_key: 'UseAwsOwnedKey',
      }),
    },
    { defaults: { PubliclyAccessible: false, AutoMinorVersionUpgrade: false } },
  ),
  type(
    'aws_codebuild_project',
    'AWS::CodeBuild::Project',
    {
      name: 'Name',
      service_role: 'ServiceRole',
      encryption_key: 'EncryptionKey',
      artifacts: block('Artifacts', {
        type: 'Type',
        encryption_disabled: 'EncryptionDisabled',
        location: 'Location',
      }),
      secondary_artifacts: blocks('SecondaryArtifacts', {
        type: 'Type',
        encryption_disabled: 'EncryptionDisabled',
        artifact_identifier: 'ArtifactIdentifier',
      }),
      environment: block('Environment', {
        type: 'Type',
        image: 'Image',
        compute_type: 'ComputeType',
        privileged_mode: 'PrivilegedMode',
        environment_variable: blocks('EnvironmentVariables', { name: 'Name', value: 'Value', type: 'Type' }),
      }),
      logs_config: block('LogsConfig', {
        s3_logs: block('S3Logs', {
          status: 'Status',
          encryption_disabled: 'EncryptionDisabled',
          location: 'Location',
        }),
        cloudwatch_logs: block('CloudWatchLogs', { status: 'Status', group_name: 'GroupName' }),
      }),
      source: block('Source', { type: 'Type', location: 'Location' }),
      vpc_config: block('VpcConfig', {
        vpc_id: 'VpcId',
        subnets: 'Subnets',
        security_group_ids: 'SecurityGroupIds',
      }),
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_athena_workgroup', 'AWS::Athena::WorkGroup', {
    name: 'Name',
    state: 'State',
    configuration: block('WorkGroupConfiguration', {
      enforce_workgroup_configuration: 'EnforceWorkGroupConfiguration',
      publish_cloudwatch_metrics_enabled: 'PublishCloudWatchMetricsEnabled',
      result_configuration: block('ResultConfiguration', {
        output_location: 'OutputLocation',
        encryption_configuration: block('EncryptionConfiguration', {
          encryption_option: 'EncryptionOption',
          kms_key_arn: 'KmsKey',
        }),
      }),
    }),
  }),
  type(
    'aws_emr_security_configuration',
    'AWS::EMR::SecurityConfiguration',
    {
      name: 'Name',
      configuration: json('SecurityConfiguration'),
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_workspaces_workspace', 'AWS::WorkSpaces::Workspace', {
    bundle_id: 'BundleId',
    directory_id: 'DirectoryId',
    user_name: 'UserName',
    root_volume_encryption_enabled: 'RootVolumeEncryptionEnabled',
    user_volume_encryption_enabled: 'UserVolumeEncryptionEnabled',
    volume_encryption_key: 'VolumeEncryptionKey',
  }),
  type('aws_sagemaker_notebook_instance', 'AWS::SageMaker::NotebookInstance', {
    name: 'NotebookInstanceName',
    role_arn: 'RoleArn',
    instance_type: 'InstanceType',
    direct_internet_access: 'DirectInternetAccess',
    root_access: 'RootAccess',
    kms_key_id: 'KmsKeyId',
    subnet_id: 'SubnetId',
    security_groups: 'SecurityGroupIds',
  }),
  type('aws_glue_job', 'AWS::Glue::Job', {
    name: 'Name',
    role_arn: 'Role',
    security_configuration: 'SecurityConfiguration',
  }),
];

export const ANALYTICS_JOINS = [
  join('aws_elasticsearch_domain_policy', ['domain_name', 'AWS::Elasticsearch::Domain'], {
    access_policies: json('AccessPolicies'),
  }),
  join('aws_opensearch_domain_policy', ['domain_name', 'AWS::OpenSearchService::Domain'], {
    access_policies: json('AccessPolicies'),
  }),
];
