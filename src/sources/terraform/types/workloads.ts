import { known, type Value } from '../../../model/value.ts';
import {
  block,
  blocks,
  capitalisedJson,
  type Field,
  json,
  renamed,
  single,
  tags,
  written,
} from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';

const NAME_IS_REF = { name: 'Ref', id: 'Ref' };
const ARN_IS_REF = { arn: 'Ref', id: 'Ref' };

/** `setting { name = "containerInsights" value = "enabled" }` */
const SETTING = { name: 'Name', value: 'Value' };

const VPC_CONFIG = { subnet_ids: 'SubnetIds', security_group_ids: 'SecurityGroupIds' };

/** Log types of a cluster as CloudFormation nests them. */
const clusterLogging: Field = (value, target) => {
  if (value.kind !== 'list') {
    target.set('Logging.ClusterLogging.EnabledTypes', value);
    return;
  }
  const types = value.items.map(
    (item): Value => ({ kind: 'map', entries: new Map([['Type', item]]), span: item.span }),
  );
  target.set('Logging.ClusterLogging.EnabledTypes', { kind: 'list', items: types, span: value.span });
};

const networkConfiguration: Field = (value, target) => {
  const only = written(single(value));
  if (only?.kind !== 'map') return;
  const path = 'NetworkConfiguration.AwsvpcConfiguration';
  const { entries } = only;
  const subnets = written(entries.get('subnets'));
  const groups = written(entries.get('security_groups'));
  const address = written(entries.get('assign_public_ip')) ?? known(false, only.span);
  if (subnets) target.set(`${path}.Subnets`, subnets);
  if (groups) target.set(`${path}.SecurityGroups`, groups);
  const word = renamed(`${path}.AssignPublicIp`, { true: 'ENABLED', false: 'DISABLED' });
  word(address, target);
};

export const WORKLOAD_TYPES = [
  type(
    'aws_lambda_function',
    'AWS::Lambda::Function',
    {
      function_name: 'FunctionName',
      role: 'Role',
      runtime: 'Runtime',
      handler: 'Handler',
      package_type: 'PackageType',
      kms_key_arn: 'KmsKeyArn',
      memory_size: 'MemorySize',
      timeout: 'Timeout',
      reserved_concurrent_executions: 'ReservedConcurrentExecutions',
      layers: 'Layers',
      environment: block('Environment', { variables: 'Variables' }),
      vpc_config: block('VpcConfig', VPC_CONFIG),
      tracing_config: block('TracingConfig', { mode: 'Mode' }),
      dead_letter_config: block('DeadLetterConfig', { target_arn: 'TargetArn' }),
      image_uri: 'Code.ImageUri',
      s3_bucket: 'Code.S3Bucket',
      tags: tags(),
    },
    { attributes: { function_name: 'Ref', invoke_arn: 'Arn', qualified_arn: 'Arn' } },
  ),
  type('aws_lambda_permission', 'AWS::Lambda::Permission', {
    function_name: 'FunctionName',
    action: 'Action',
    principal: 'Principal',
    source_arn: 'SourceArn',
    source_account: 'SourceAccount',
    principal_org_id: 'PrincipalOrgID',
    function_url_auth_type: 'FunctionUrlAuthType',
  }),
  type(
    'aws_lambda_function_url',
    'AWS::Lambda::Url',
    {
      function_name: 'TargetFunctionArn',
      authorization_type: 'AuthType',
    },
    { attributes: { function_url: 'FunctionUrl' } },
  ),
  type('aws_lambda_event_source_mapping', 'AWS::Lambda::EventSourceMapping', {
    event_source_arn: 'EventSourceArn',
    function_name: 'FunctionName',
  }),
  type(
    'aws_ecs_cluster',
    'AWS::ECS::Cluster',
    {
      name: 'ClusterName',
      setting: blocks('ClusterSettings', SETTING),
      tags: tags(),
    },
    { attributes: NAME_IS_REF },
  ),
  type(
    'aws_ecs_service',
    'AWS::ECS::Service',
    {
      name: 'ServiceName',
      cluster: 'Cluster',
      task_definition: 'TaskDefinition',
      desired_count: 'DesiredCount',
      launch_type: 'LaunchType',
      platform_version: 'PlatformVersion',
      enable_execute_command: 'EnableExecuteCommand',
      network_configuration: networkConfiguration,
      load_balancer: blocks('LoadBalancers', {
        target_group_arn: 'TargetGroupArn',
        container_name: 'ContainerName',
        container_port: 'ContainerPort',
      }),
      tags: tags(),
    },
    { attributes: { name: 'Name' } },
  ),
  type(
    'aws_ecs_task_definition',
    'AWS::ECS::TaskDefinition',
    {
      family: 'Family',
      network_mode: 'NetworkMode',
      pid_mode: 'PidMode',
      ipc_mode: 'IpcMode',
      task_role_arn: 'TaskRoleArn',
      execution_role_arn: 'ExecutionRoleArn',
      requires_compatibilities: 'RequiresCompatibilities',
      cpu: 'Cpu',
      memory: 'Memory',
      container_definitions: capitalisedJson('ContainerDefinitions'),
      volume: blocks('Volumes', {
        name: 'Name',
        efs_volume_configuration: block('EFSVolumeConfiguration', {
          file_system_id: 'FilesystemId',
          transit_encryption: 'TransitEncryption',
        }),
      }),
    },
    { attributes: ARN_IS_REF },
  ),
  type(
    'aws_ecr_repository',
    'AWS::ECR::Repository',
    {
      name: 'RepositoryName',
      image_tag_mutability: 'ImageTagMutability',
      image_scanning_configuration: block('ImageScanningConfiguration', { scan_on_push: 'ScanOnPush' }),
      encryption_configuration: block('EncryptionConfiguration', {
        encryption_type: 'EncryptionType',
        kms_key: 'KmsKey',
      }),
      tags: tags(),
    },
    { attributes: { name: 'Ref', repository_url: 'RepositoryUri' } },
  ),
  type(
    'aws_eks_cluster',
    'AWS::EKS::Cluster',
    {
      name: 'Name',
      role_arn: 'RoleArn',
      version: 'Version',
      enabled_cluster_log_types: clusterLogging,
      vpc_config: block('ResourcesVpcConfig', {
        subnet_ids: 'SubnetIds',
        security_group_ids: 'SecurityGroupIds',
        endpoint_public_access: 'EndpointPublicAccess',
        endpoint_private_access: 'EndpointPrivateAccess',
        public_access_cidrs: 'PublicAccessCidrs',
      }),
      encryption_config: blocks('EncryptionConfig', {
        resources: 'Resources',
        provider: block('Provider', { key_arn: 'KeyArn' }),
      }),
    },
    { attributes: NAME_IS_REF },
  ),
  type('aws_eks_node_group', 'AWS::EKS::Nodegroup', {
    cluster_name: 'ClusterName',
    node_group_name: 'NodegroupName',
    node_role_arn: 'NodeRole',
    subnet_ids: 'Subnets',
    remote_access: block('RemoteAccess', {
      ec2_ssh_key: 'Ec2SshKey',
      source_security_group_ids: 'SourceSecurityGroups',
    }),
  }),
  type(
    'aws_apprunner_service',
    'AWS::AppRunner::Service',
    {
      service_name: 'ServiceName',
      network_configuration: block('NetworkConfiguration', {
        ingress_configuration: block('IngressConfiguration', {
          is_publicly_accessible: 'IsPubliclyAccessible',
        }),
      }),
    },
    { attributes: ARN_IS_REF },
  ),
];

export const WORKLOAD_JOINS = [
  join('aws_ecr_repository_policy', ['repository', 'AWS::ECR::Repository'], {
    policy: json('RepositoryPolicyText'),
  }),
  join('aws_ecr_lifecycle_policy', ['repository', 'AWS::ECR::Repository'], {
    policy: 'LifecyclePolicy.LifecyclePolicyText',
  }),
  join('aws_efs_file_system_policy', ['file_system_id', 'AWS::EFS::FileSystem'], {
    policy: json('FileSystemPolicy'),
  }),
  join('aws_efs_backup_policy', ['file_system_id', 'AWS::EFS::FileSystem'], {
    backup_policy: block('BackupPolicy', { status: 'Status' }),
  }),
];
