import { type Policy, parsePolicyText } from '../iam/engine.ts';
import { stringFrom, type Value } from '../model/value.ts';

/**
 * What some AWS managed policies grant, as far as the risk rules ask (IAM "AWS managed policies for job
 * functions" and the policies' own pages). The ones without statements grant nothing that a rule asks for.
 */
const GRANTS: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  PowerUserAccess: [
    's3:*',
    'ec2:*',
    'lambda:*',
    'rds:*',
    'dynamodb:*',
    'kms:*',
    'secretsmanager:*',
    'sqs:*',
    'sns:*',
  ],
  IAMFullAccess: ['iam:*'],
  AmazonS3FullAccess: ['s3:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*'],
  ReadOnlyAccess: ['s3:Get*', 's3:List*', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
  AmazonEC2FullAccess: ['ec2:*'],
  AmazonRDSFullAccess: ['rds:*'],
  AmazonDynamoDBFullAccess: ['dynamodb:*'],
  SecretsManagerReadWrite: ['secretsmanager:*'],
  AWSLambda_FullAccess: ['lambda:*'],
  AWSLambdaBasicExecutionRole: [],
  AWSLambdaVPCAccessExecutionRole: [],
  AWSXRayDaemonWriteAccess: [],
  AmazonSSMManagedInstanceCore: [],
  AmazonSSMPatchAssociation: [],
  CloudWatchAgentServerPolicy: [],
  AmazonECSTaskExecutionRolePolicy: [],
  AmazonEC2ContainerRegistryReadOnly: [],
  AmazonRDSEnhancedMonitoringRole: [],
};

const read = new Map<string, Policy>();

/** The policy behind the ARN of an AWS managed policy, or undefined where it is not known here. */
export function managedPolicy(arn: Value): Policy | undefined {
  const name = nameOf(arn);
  if (name === undefined || !Object.hasOwn(GRANTS, name)) return undefined;
  const known = read.get(name);
  if (known) return known;
  const actions = GRANTS[name] ?? [];
  const statements = actions.length > 0 ? [{ Effect: 'Allow', Action: actions, Resource: '*' }] : [];
  const policy =
    statements.length > 0
      ? parsePolicyText(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
      : { name, statements: [] };
  read.set(name, policy);
  return policy;
}

/** Whether the ARN is that of a policy which AWS manages. */
export function isAwsManaged(arn: Value): boolean {
  return nameOf(arn) !== undefined;
}

/** `arn:${AWS::Partition}:iam::aws:policy/service-role/Name` has a known name though not all of it is known. */
function nameOf(arn: Value): string | undefined {
  const tail = arn.kind === 'unknown' ? arn.parts?.at(-1) : stringFrom(arn);
  if (typeof tail !== 'string' || !tail.includes(':aws:policy/')) return undefined;
  return tail.slice(tail.lastIndexOf('/') + 1);
}
