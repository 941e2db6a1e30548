import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ManagedKey } from '../keys.ts';
import { denyPlainHttp, NO_PUBLIC_ACCESS } from '../log-bucket.ts';
import { partitionArn } from '../support.ts';

/** The trail's name; keys and policies name it, so that no other trail may use them. */
export function trailName(scope: Construct): string {
  return `${Stack.of(scope).stackName}-trail`;
}

function trailArn(scope: Construct): string {
  const { region, account } = Stack.of(scope);
  return partitionArn(scope, `cloudtrail:${region}:${account}:trail/${trailName(scope)}`);
}

/** The key of evidence and notifications: the trail, log groups of this stack and the topic's senders may use it. */
export class AuditKey extends ManagedKey {
  constructor(scope: Construct, id: string) {
    const { region, account } = Stack.of(scope);
    super(scope, id, {
      description: 'Evidence: the trail, recorded configurations and notifications',
      statements: [
        {
          Sid: 'Trail',
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceArn': trailArn(scope) } },
        },
        {
          Sid: 'Notifications',
          Effect: 'Allow',
          Principal: {
            Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com', 'budgets.amazonaws.com'],
          },
          Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          Resource: '*',
        },
        {
          Sid: 'LogGroups',
          Effect: 'Allow',
          Principal: { Service: `logs.${region}.amazonaws.com` },
          Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
          Resource: '*',
          Condition: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': partitionArn(
                scope,
                `logs:${region}:${account}:log-group:*`,
              ),
            },
          },
        },
      ],
    });
  }
}

export interface EvidenceBucketProps {
  readonly key: CfnKey;
  /** Days for which nobody may erase an object, not even an administrator without a right of its own. */
  readonly lockDays?: number;
  readonly statements: (bucket: CfnBucket) => readonly object[];
}

/**
 * A bucket for evidence: encrypted, versioned, closed to the public, retained, locked where the writer allows it, and
 * telling EventBridge what happens in it.
 */
export class EvidenceBucket extends Construct {
  readonly bucket: CfnBucket;
  readonly policy: CfnBucketPolicy;

  constructor(scope: Construct, id: string, props: EvidenceBucketProps) {
    super(scope, id);
    const { lockDays } = props;
    this.bucket = new CfnBucket(this, 'Bucket', {
      publicAccessBlockConfiguration: NO_PUBLIC_ACCESS,
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      versioningConfiguration: { status: 'Enabled' },
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          {
            bucketKeyEnabled: true,
            serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: props.key.attrArn },
          },
        ],
      },
      notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
      // Without days, objects can be locked one by one: AWS Config delivers into no bucket that keeps all for a time.
      objectLockEnabled: true,
      ...(lockDays
        ? {
            objectLockConfiguration: {
              objectLockEnabled: 'Enabled',
              rule: { defaultRetention: { mode: 'GOVERNANCE', days: lockDays } },
            },
          }
        : {}),
    });
    this.bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: this.bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [...props.statements(this.bucket), denyPlainHttp(this.bucket)],
      },
    });
  }
}

export interface AccountTrailProps {
  readonly key: CfnKey;
  readonly lockDays: number;
  readonly dataEventBucketArns: readonly string[];
}

/**
 * A trail of all regions with log file validation, in a bucket that nobody may erase, and in a log group for alarms.
 *
 * - Stops: nothing by itself; misuse of credentials can be seen and proven.
 * - Attaches to: the account, once. A second trail of management events costs $2 per 100,000 events.
 * - Costs: the first trail is free, storage $0.023 per GB, data events $0.10 per 100,000.
 * - Limits: what happens inside servers and databases is not in it.
 */
export class AccountTrail extends Construct {
  readonly logGroup: CfnLogGroup;
  readonly evidence: EvidenceBucket;

  constructor(scope: Construct, id: string, props: AccountTrailProps) {
    super(scope, id);
    this.evidence = new EvidenceBucket(this, 'Evidence', {
      key: props.key,
      lockDays: props.lockDays,
      statements: (bucket) => this.deliveries(bucket),
    });
    this.logGroup = new CfnLogGroup(this, 'LogGroup', { retentionInDays: 365, kmsKeyId: props.key.attrArn });
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: serviceTrust('cloudtrail.amazonaws.com'),
      policies: [
        inlinePolicy('write-trail', [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: this.logGroup.attrArn,
          },
        ]),
      ],
    });
    const trail = new CfnTrail(this, 'Trail', {
      trailName: trailName(this),
      s3BucketName: this.evidence.bucket.ref,
      kmsKeyId: props.key.attrArn,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      cloudWatchLogsLogGroupArn: this.logGroup.attrArn,
      cloudWatchLogsRoleArn: role.attrArn,
      eventSelectors: [
        {
          readWriteType: 'All',
          includeManagementEvents: true,
          ...(props.dataEventBucketArns.length > 0
            ? {
                dataResources: [
                  { type: 'AWS::S3::Object', values: props.dataEventBucketArns.map((arn) => `${arn}/`) },
                ],
              }
            : {}),
        },
      ],
    });
    trail.node.addDependency(this.evidence.policy);
  }

  private deliveries(bucket: CfnBucket): readonly object[] {
    const fromTrail = { 'aws:SourceArn': trailArn(this) };
    return [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: bucket.attrArn,
        Condition: { StringEquals: fromTrail },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${bucket.attrArn}/AWSLogs/${Stack.of(this).account}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...fromTrail } },
      },
    ];
  }
}

/**
 * AWS Config recording every type of resource.
 *
 * - Stops: nothing by itself; it shows how resources were set at any time, and most checks of Security Hub need it.
 * - Attaches to: the region, once (an account has one recorder per region).
 * - Costs: $0.003 per recorded change. - Limits: one region; global resources are recorded here.
 */
export class ConfigRecording extends Construct {
  readonly recorder: CfnConfigurationRecorder;

  constructor(scope: Construct, id: string, props: { readonly key: CfnKey }) {
    super(scope, id);
    const evidence = new EvidenceBucket(this, 'Evidence', {
      key: props.key,
      statements: (bucket) => this.deliveries(bucket),
    });
    const prefix = `${evidence.bucket.attrArn}/AWSLogs/${Stack.of(this).account}/Config/*`;
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: serviceTrust('config.amazonaws.com'),
      managedPolicyArns: [partitionArn(this, 'iam::aws:policy/service-role/AWS_ConfigRole')],
      policies: [
        inlinePolicy('deliver', [
          { Effect: 'Allow', Action: 's3:PutObject', Resource: prefix },
          { Effect: 'Allow', Action: 's3:GetBucketAcl', Resource: evidence.bucket.attrArn },
          { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: props.key.attrArn },
        ]),
      ],
    });
    this.recorder = new CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: role.attrArn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    });
    const channel = new CfnDeliveryChannel(this, 'Delivery', { s3BucketName: evidence.bucket.ref });
    channel.node.addDependency(evidence.policy);
  }

  private deliveries(bucket: CfnBucket): readonly object[] {
    const account = Stack.of(this).account;
    const principal = { Service: 'config.amazonaws.com' };
    return [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: ['s3:GetBucketAcl', 's3:ListBucket'],
        Resource: bucket.attrArn,
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:PutObject',
        Resource: `${bucket.attrArn}/AWSLogs/${account}/Config/*`,
        Condition: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
        },
      },
    ];
  }
}

/** A trust policy for one service, for calls of this account only where the service says whose they are. */
export function serviceTrust(service: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

/** An inline policy by name. */
export function inlinePolicy(
  policyName: string,
  statements: readonly object[],
): {
  policyName: string;
  policyDocument: object;
} {
  return { policyName, policyDocument: { Version: '2012-10-17', Statement: statements } };
}
