/** A service that may have a role of its own in an account. */
export interface LinkedService {
  readonly service: string;
  /** Name of the role behind `AWSServiceRoleFor`. */
  readonly role: string;
  /** The policy below `aws-service-role/`. */
  readonly policy: string;
  /** Whether several roles may exist, told apart by a suffix. */
  readonly suffix?: true;
  readonly description?: string;
  /** What the policy allows; the document is Honmaru's own. */
  readonly actions: readonly string[];
}

type Row = readonly [service: string, role: string, policy: string, actions?: readonly string[]];

/**
 * Services, roles and policies as AWS names them (recordings of CreateServiceLinkedRole; IAM User Guide, "AWS
 * services that work with IAM"). Without actions of its own a row allows reading in the service's own name.
 */
const ROWS: readonly Row[] = [
  [
    'accountdiscovery.ssm',
    'AmazonSSM_AccountDiscovery',
    'AWSSystemsManagerAccountDiscoveryServicePolicy',
    ['organizations:Describe*', 'organizations:List*'],
  ],
  [
    'autoscaling',
    'AutoScaling',
    'AutoScalingServiceRolePolicy',
    ['cloudwatch:*Alarm*', 'ec2:*Instances', 'ec2:CreateTags', 'ec2:Describe*', 'elasticloadbalancing:*'],
  ],
  [
    'backup',
    'Backup',
    'AWSBackupServiceLinkedRolePolicyForBackup',
    ['ec2:*Snapshot*', 'rds:*Snapshot*', 'tag:GetResources'],
  ],
  ['batch', 'Batch', 'BatchServiceRolePolicy', ['ec2:*', 'ecs:*', 'logs:*']],
  [
    'cassandra.application-autoscaling',
    'ApplicationAutoScaling_CassandraTable',
    'AWSApplicationAutoscalingCassandraTablePolicy',
    ['cassandra:*', 'cloudwatch:*Alarm*'],
  ],
  [
    'cks.kms',
    'KeyManagementServiceCustomKeyStores',
    'AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy',
    ['cloudhsm:Describe*', 'ec2:*NetworkInterface*', 'ec2:*SecurityGroup*'],
  ],
  ['config', 'Config', 'AWSConfigServiceRolePolicy', ['config:*']],
  ['dms', 'DMSServerless', 'AWSDMSServerlessServiceRolePolicy', ['dms:*']],
  ['docdb-elastic', 'DocDB-Elastic', 'AmazonDocDB-ElasticServiceRolePolicy', ['cloudwatch:PutMetricData']],
  [
    'ec2-instance-connect',
    'Ec2InstanceConnect',
    'Ec2InstanceConnectEndpoint',
    ['ec2:*NetworkInterface*', 'ec2:CreateTags'],
  ],
  [
    'ecr',
    'ECRTemplate',
    'ECRTemplateServiceRolePolicy',
    ['ecr:CreateRepository', 'ecr:Put*', 'ecr:TagResource'],
  ],
  [
    'ecs',
    'ECS',
    'AmazonECSServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*', 'elasticloadbalancing:*Targets', 'logs:*'],
  ],
  [
    'eks',
    'AmazonEKS',
    'AmazonEKSServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*', 'iam:ListAttachedRolePolicies'],
  ],
  [
    'eks-connector',
    'AmazonEKSConnector',
    'AmazonEKSConnectorServiceRolePolicy',
    ['ssm:*Activation*', 'ssm:DescribeInstanceInformation'],
  ],
  [
    'eks-fargate',
    'AmazonEKSForFargate',
    'AmazonEKSForFargateServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*'],
  ],
  [
    'eks-nodegroup',
    'AmazonEKSNodegroup',
    'AWSServiceRoleForAmazonEKSNodegroup',
    ['autoscaling:*', 'ec2:*', 'iam:GetInstanceProfile'],
  ],
  ['elasticache', 'ElastiCache', 'ElastiCacheServiceRolePolicy', ['ec2:*NetworkInterface*', 'ec2:Describe*']],
  [
    'elasticbeanstalk',
    'ElasticBeanstalk',
    'AWSElasticBeanstalkServiceRolePolicy',
    ['autoscaling:Describe*', 'cloudformation:Describe*', 'ec2:Describe*'],
  ],
  [
    'elasticfilesystem',
    'AmazonElasticFileSystem',
    'AmazonElasticFileSystemServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*'],
  ],
  [
    'elasticloadbalancing',
    'ElasticLoadBalancing',
    'AWSElasticLoadBalancingServiceRolePolicy',
    ['ec2:*Address*', 'ec2:*NetworkInterface*', 'ec2:Describe*', 'logs:*'],
  ],
  [
    'emr-containers',
    'AmazonEMRContainers',
    'AmazonEMRContainersServiceRolePolicy',
    ['eks:DescribeCluster', 'elasticloadbalancing:Describe*'],
  ],
  ['emrwal', 'EMRWAL', 'EMRDescribeClusterPolicyForEMRWAL', ['elasticmapreduce:DescribeCluster']],
  [
    'fis',
    'FIS',
    'AmazonFISServiceRolePolicy',
    ['cloudwatch:DescribeAlarms', 'events:*Rule', 'tag:GetResources'],
  ],
  [
    'grafana',
    'AmazonGrafana',
    'AmazonGrafanaServiceLinkedRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*'],
  ],
  [
    'imagebuilder',
    'ImageBuilder',
    'AWSServiceRoleForImageBuilder',
    ['ec2:*Image*', 'ec2:*Instances', 'ssm:*Command*'],
  ],
  [
    'iotmanagedintegrations',
    'IoTManagedIntegrations',
    'AWSIoTManagedIntegrationsRolePolicy',
    ['cloudwatch:PutMetricData'],
  ],
  ['kafkaconnect', 'KafkaConnect', 'KafkaConnectServiceRolePolicy', ['ec2:*NetworkInterface*']],
  [
    'lakeformation',
    'LakeFormationDataAccess',
    'LakeFormationDataAccessServiceRolePolicy',
    ['s3:ListAllMyBuckets'],
  ],
  ['lex', 'LexBots', 'AmazonLexBotPolicy', ['polly:SynthesizeSpeech']],
  ['m2', 'AWSM2', 'AWSM2ServicePolicy', ['ec2:*NetworkInterface*', 'elasticloadbalancing:*Targets']],
  ['memorydb', 'MemoryDB', 'MemoryDBServiceRolePolicy', ['ec2:*NetworkInterface*', 'ec2:Describe*']],
  [
    'mrk.kms',
    'KeyManagementServiceMultiRegionKeys',
    'AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy',
    ['kms:SynchronizeMultiRegionKey'],
  ],
  ['notifications', 'AwsUserNotifications', 'AWSUserNotificationsServiceLinkedRolePolicy', ['events:*']],
  [
    'opensearchservice',
    'AmazonOpenSearchService',
    'AmazonOpenSearchServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*'],
  ],
  [
    'ops.apigateway',
    'APIGateway',
    'APIGatewayServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'elasticloadbalancing:*', 'xray:Put*'],
  ],
  [
    'opsdatasync.ssm',
    'SystemsManagerOpsDataSync',
    'AWSSystemsManagerOpsDataSyncServiceRolePolicy',
    ['ssm:GetOpsItem', 'ssm:UpdateOpsItem'],
  ],
  [
    'opsinsights.ssm',
    'AmazonSSM_OpsInsights',
    'AWSSSMOpsInsightsServiceRolePolicy',
    ['ssm:CreateOpsItem', 'ssm:UpdateOpsItem'],
  ],
  [
    'pullthroughcache.ecr',
    'ECRPullThroughCache',
    'AWSECRPullThroughCache_ServiceRolePolicy',
    ['ecr:*', 'secretsmanager:GetSecretValue'],
  ],
  [
    'ram',
    'ResourceAccessManager',
    'AWSResourceAccessManagerServiceRolePolicy',
    ['organizations:Describe*', 'organizations:List*'],
  ],
  [
    'rds',
    'RDS',
    'AmazonRDSServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*', 'logs:*', 'sns:Publish'],
  ],
  [
    'redshift',
    'Redshift',
    'AmazonRedshiftServiceLinkedRolePolicy',
    ['ec2:*Address*', 'ec2:*NetworkInterface*', 'ec2:Describe*'],
  ],
  [
    'replication.ecr',
    'ECRReplication',
    'ECRReplicationServiceRolePolicy',
    ['ecr:CreateRepository', 'ecr:ReplicateImage'],
  ],
  [
    'repository.sync.codeconnections',
    'GitSync',
    'AWSGitSyncServiceRolePolicy',
    ['codeconnections:UseConnection'],
  ],
  [
    'resource-explorer-2',
    'ResourceExplorer',
    'AWSResourceExplorerServiceRolePolicy',
    ['cloudtrail:CreateServiceLinkedChannel', 'ec2:Describe*'],
  ],
  ['rolesanywhere', 'RolesAnywhere', 'AWSRolesAnywhereServicePolicy', ['cloudwatch:PutMetricData']],
  ['ses', 'AmazonSES', 'AmazonSESServiceRolePolicy', ['cloudwatch:PutMetricData']],
  ['ssm', 'AmazonSSM', 'AmazonSSMServiceRolePolicy', ['ec2:Describe*', 'ssm:*']],
  ['ssm-quicksetup', 'SSMQuickSetup', 'SSMQuickSetupRolePolicy', ['ssm:*Association*', 'ssm:*Document*']],
  ['sso', 'SSO', 'AWSSSOServiceRolePolicy', ['iam:*Role*', 'iam:*SAMLProvider']],
  ['support', 'Support', 'AWSSupportServiceRolePolicy', ['*:Describe*', '*:List*']],
  ['trustedadvisor', 'TrustedAdvisor', 'AWSTrustedAdvisorServiceRolePolicy', ['*:Describe*', '*:List*']],
  [
    'vpcorigin.cloudfront',
    'CloudFrontVPCOrigin',
    'AWSCloudFrontVPCOriginServiceRolePolicy',
    ['ec2:*NetworkInterface*', 'ec2:Describe*'],
  ],
  ['waf', 'WAFLogging', 'WAFLoggingServiceRolePolicy', ['firehose:PutRecord*']],
  [
    'wafv2',
    'WAFV2Logging',
    'WAFV2LoggingServiceRolePolicy',
    ['firehose:PutRecord*', 'organizations:DescribeOrganization'],
  ],
  [
    'access-analyzer',
    'AccessAnalyzer',
    'AccessAnalyzerServiceRolePolicy',
    ['*:Describe*', '*:Get*Policy', '*:List*'],
  ],
  [
    'guardduty',
    'AmazonGuardDuty',
    'AmazonGuardDutyServiceRolePolicy',
    ['ec2:Describe*', 'organizations:Describe*'],
  ],
  [
    'inspector2',
    'AmazonInspector2',
    'AmazonInspector2ServiceRolePolicy',
    ['ec2:Describe*', 'ecr:BatchGet*', 'lambda:Get*', 'ssm:*'],
  ],
  ['macie', 'AmazonMacie', 'AmazonMacieServiceRolePolicy', ['s3:Get*', 's3:List*']],
  ['organizations', 'Organizations', 'AWSOrganizationsServiceTrustPolicy', ['iam:DeleteRole']],
  [
    'securityhub',
    'SecurityHub',
    'AWSSecurityHubServiceRolePolicy',
    ['cloudtrail:Describe*', 'config:*Rule*', 'organizations:Describe*'],
  ],
];

/** Services of which an account may have several roles. */
const WITH_SUFFIX = new Set(['autoscaling']);

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  rds: 'Allows Amazon RDS to manage AWS resources on your behalf',
  ssm: 'Provides access to AWS Resources managed or used by Amazon SSM.',
  sso: 'Service-linked role used by AWS SSO to manage AWS resources, including IAM roles, policies and SAML IdP on your behalf.',
};

/** The services that CreateServiceLinkedRole knows. */
export const SERVICE_LINKED: readonly LinkedService[] = ROWS.map(([prefix, role, policy, actions]) => ({
  service: `${prefix}.amazonaws.com`,
  role,
  policy,
  actions: actions ?? [`${prefix}:Describe*`, `${prefix}:Get*`, `${prefix}:List*`],
  ...(WITH_SUFFIX.has(prefix) ? { suffix: true as const } : {}),
  ...(DESCRIPTIONS[prefix] === undefined ? {} : { description: DESCRIPTIONS[prefix] }),
}));
