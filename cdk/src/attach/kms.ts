import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { sharedDataKey } from '../keys.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import {
  at,
  cfnOf,
  isTrue,
  itemsOf,
  logicalIdOf,
  read,
  referencesIn,
  referrersOf,
  rendered,
  resourcesOf,
} from '../place.ts';
import { shared } from '../support.ts';

/** Types at which `KmsSafeguard` attaches. */
export const KMS_PLACES = [
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::DynamoDB::Table',
] as const;

export interface KmsSafeguardProps {
  /** A key, bucket, secret or DynamoDB table. */
  readonly place: IConstruct;
}

/**
 * Puts a place under a customer managed key, and makes keys rotate. The stack's servers, functions and tasks are
 * allowed to use the key for the place's service.
 *
 * - Stops: use of data by somebody who may read the store but has no permission on the key.
 * - Attaches to: keys, buckets, secrets, DynamoDB tables. Databases take their key when they are created only.
 * - Costs: $1 a month for the stack's one key, $0.03 per 10,000 calls.
 * - Limits: left alone are buckets that receive logs or serve a distribution or website, places that other stacks of
 *   the app use, and imported readers: each of them would need a permission that cannot be seen here.
 */
export class KmsSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: KmsSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    this.done = place.cfnResourceType === 'AWS::KMS::Key' ? rotate(place) : useKey(place);
  }
}

function rotate(key: CfnResource): Done {
  const symmetric = (read(key, 'KeySpec') ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
  if (!symmetric) return notAttached('automatic rotation exists only for symmetric keys');
  if (isTrue(read(key, 'EnableKeyRotation'))) return alreadyOn('the key rotates');
  set(key, 'EnableKeyRotation', true);
  return attached('the key rotates every year');
}

/** Where each place names its key. */
const KEY_PATH: Readonly<Record<string, readonly (string | number)[]>> = {
  'AWS::S3::Bucket': [
    'BucketEncryption',
    'ServerSideEncryptionConfiguration',
    0,
    'ServerSideEncryptionByDefault',
    'KMSMasterKeyID',
  ],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
  'AWS::DynamoDB::Table': ['SSESpecification', 'KMSMasterKeyId'],
};

function useKey(place: CfnResource): Done {
  if (read(place, ...(KEY_PATH[place.cfnResourceType] ?? []))) return alreadyOn('it names a key of its own');
  const obstacle = obstacleAt(place);
  if (obstacle) return notAttached(obstacle);
  const stack = Stack.of(place);
  const key = sharedDataKey(stack).key.attrArn;
  switch (place.cfnResourceType) {
    case 'AWS::S3::Bucket':
      set(place, 'BucketEncryption.ServerSideEncryptionConfiguration', [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
        },
      ]);
      break;
    case 'AWS::DynamoDB::Table':
      set(place, 'SSESpecification', { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key });
      break;
    default:
      set(place, 'KmsKeyId', key);
  }
  allowWorkloads(stack, key);
  return attached("encrypted with the stack's key; its servers, functions and tasks may use it");
}

function obstacleAt(place: CfnResource): string | undefined {
  const stack = Stack.of(place);
  const elsewhere = resourcesInOtherStacks(stack).find((each) => namesPlace(each, place));
  if (elsewhere) return `${elsewhere.node.path} of another stack uses it and would need the key`;
  if (place.cfnResourceType !== 'AWS::S3::Bucket') return undefined;
  if (read(place, 'WebsiteConfiguration')) return 'a website is served from it without signing in';
  if (referrersOf(place, 'AWS::CloudFront::Distribution').length > 0) {
    return 'a distribution reads it and would need the key';
  }
  return receivesLogs(place)
    ? "it receives logs, which some services deliver only under S3's own keys"
    : undefined;
}

function resourcesInOtherStacks(stack: Stack): readonly CfnResource[] {
  return stack.node.root.node
    .findAll()
    .filter((each): each is Stack => Stack.isStack(each) && each !== stack)
    .flatMap((other) => resourcesOf(other));
}

/** Whether a resource of another stack refers to a place; across stacks the construct decides, not the name. */
function namesPlace(other: CfnResource, place: CfnResource): boolean {
  const own = resourcesOf(Stack.of(other)).map(logicalIdOf);
  const name = logicalIdOf(place);
  return !own.includes(name) && referencesIn(rendered(other).Properties).includes(name);
}

const LOG_WRITERS = [
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::S3::Bucket',
  'AWS::CloudTrail::Trail',
  'AWS::Config::DeliveryChannel',
  'AWS::EC2::FlowLog',
];

function receivesLogs(bucket: CfnResource): boolean {
  return referrersOf(bucket, ...LOG_WRITERS).length > 0;
}

const WORKLOADS = ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'];

/** Lets the roles of the stack's servers, functions and tasks use the key through the services that hold data. */
function allowWorkloads(stack: Stack, key: string): void {
  const roles = workloadRoles(stack);
  if (roles.length === 0) return;
  const via = ['s3', 'secretsmanager', 'dynamodb'].map((each) => `${each}.${stack.region}.amazonaws.com`);
  shared(
    stack,
    'UseDataKey',
    (scope, id) =>
      new CfnPolicy(scope, id, {
        policyName: 'use-data-key',
        roles: roles.map((role) => role.ref),
        policyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
              Resource: key,
              Condition: { StringEquals: { 'kms:ViaService': via } },
            },
          ],
        },
      }),
  );
}

/** The roles that the stack's servers, functions and tasks work with. */
export function workloadRoles(stack: Stack): readonly CfnResource[] {
  return resourcesOf(stack, 'AWS::IAM::Role').filter((role) =>
    itemsOf(read(role, 'AssumeRolePolicyDocument', 'Statement')).some((statement) =>
      itemsOf(at(statement, 'Principal', 'Service')).some((service) => WORKLOADS.includes(String(service))),
    ),
  );
}
