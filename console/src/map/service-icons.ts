/**
 * The pictures of AWS services, from the `aws-icons` package (MIT), which takes them from the AWS
 * Architecture Icons. The artwork is Amazon's; here it stands in diagrams of architectures only.
 */
const FILES: Readonly<Record<string, string>> = import.meta.glob(
  [
    '../../../node_modules/aws-icons/icons/architecture-service/Amazon{APIGateway,Aurora,CloudFront,CloudWatch,Cognito,Detective,DocumentDB,DynamoDB,EC2,EC2AutoScaling,EFS,ElastiCache,ElasticContainerRegistry,ElasticContainerService,ElasticKubernetesService,EventBridge,FSx,GuardDuty,Inspector,KinesisDataStreams,Macie,MQ,Neptune,OpenSearchService,RDS,Redshift,Route53,SageMaker,SimpleEmailService,SimpleNotificationService,SimpleQueueService,SimpleStorageService,VirtualPrivateCloud}.svg',
    '../../../node_modules/aws-icons/icons/architecture-service/AWS{Amplify,AppRunner,AppSync,Backup,Batch,Budgets,CertificateManager,CloudFormation,CloudTrail,CodeBuild,Config,DatabaseMigrationService,Glue,GlobalAccelerator,IdentityandAccessManagement,KeyManagementService,Lambda,NetworkFirewall,Organizations,SecretsManager,SecurityHub,Shield,StepFunctions,SystemsManager,WAF}.svg',
    '../../../node_modules/aws-icons/icons/architecture-service/ElasticLoadBalancing.svg',
  ],
  { eager: true, query: '?url', import: 'default' },
);

/** The file of each service by the middle part of its CloudFormation types. */
const SERVICES: Readonly<Record<string, string>> = {
  AccessAnalyzer: 'AWSIdentityandAccessManagement',
  Amplify: 'AWSAmplify',
  ApiGateway: 'AmazonAPIGateway',
  ApiGatewayV2: 'AmazonAPIGateway',
  AppRunner: 'AWSAppRunner',
  AppSync: 'AWSAppSync',
  AutoScaling: 'AmazonEC2AutoScaling',
  Backup: 'AWSBackup',
  Batch: 'AWSBatch',
  Budgets: 'AWSBudgets',
  CertificateManager: 'AWSCertificateManager',
  CloudFormation: 'AWSCloudFormation',
  CloudFront: 'AmazonCloudFront',
  CloudTrail: 'AWSCloudTrail',
  CloudWatch: 'AmazonCloudWatch',
  CodeBuild: 'AWSCodeBuild',
  Cognito: 'AmazonCognito',
  Config: 'AWSConfig',
  Detective: 'AmazonDetective',
  DMS: 'AWSDatabaseMigrationService',
  DocDB: 'AmazonDocumentDB',
  DynamoDB: 'AmazonDynamoDB',
  EC2: 'AmazonEC2',
  ECR: 'AmazonElasticContainerRegistry',
  ECS: 'AmazonElasticContainerService',
  EFS: 'AmazonEFS',
  EKS: 'AmazonElasticKubernetesService',
  ElastiCache: 'AmazonElastiCache',
  ElasticLoadBalancing: 'ElasticLoadBalancing',
  ElasticLoadBalancingV2: 'ElasticLoadBalancing',
  Elasticsearch: 'AmazonOpenSearchService',
  Events: 'AmazonEventBridge',
  FSx: 'AmazonFSx',
  GlobalAccelerator: 'AWSGlobalAccelerator',
  Glue: 'AWSGlue',
  GuardDuty: 'AmazonGuardDuty',
  IAM: 'AWSIdentityandAccessManagement',
  Inspector: 'AmazonInspector',
  Kinesis: 'AmazonKinesisDataStreams',
  KMS: 'AWSKeyManagementService',
  Lambda: 'AWSLambda',
  Logs: 'AmazonCloudWatch',
  Macie: 'AmazonMacie',
  Neptune: 'AmazonNeptune',
  NetworkFirewall: 'AWSNetworkFirewall',
  OpenSearchService: 'AmazonOpenSearchService',
  Organizations: 'AWSOrganizations',
  RDS: 'AmazonRDS',
  Redshift: 'AmazonRedshift',
  Route53: 'AmazonRoute53',
  S3: 'AmazonSimpleStorageService',
  SageMaker: 'AmazonSageMaker',
  SecretsManager: 'AWSSecretsManager',
  SecurityHub: 'AWSSecurityHub',
  SES: 'AmazonSimpleEmailService',
  Shield: 'AWSShield',
  SNS: 'AmazonSimpleNotificationService',
  SQS: 'AmazonSimpleQueueService',
  SSM: 'AWSSystemsManager',
  StepFunctions: 'AWSStepFunctions',
  WAFv2: 'AWSWAF',
};

const NETWORK_TYPES =
  /^AWS::EC2::(VPC|Subnet|InternetGateway|NatGateway|NetworkAcl|SecurityGroup|FlowLog|VPC[A-Z]\w*|Egress\w*)$/;

const BY_NAME = new Map(
  Object.entries(FILES).map(([path, url]) => [path.split('/').at(-1)?.replace('.svg', ''), url]),
);

/** The address of the picture of a type's service. */
export function iconOf(type: string | undefined): string | undefined {
  if (!type) return undefined;
  if (NETWORK_TYPES.test(type)) return BY_NAME.get('AmazonVirtualPrivateCloud');
  const [, service = ''] = type.split('::');
  const file = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
  return file === undefined ? undefined : BY_NAME.get(file);
}
