import type { Edit, EditValue } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { addResource, getAtt, ref, sub } from '../../safeguards/edits.ts';
import { keepOut } from './servers.ts';

/**
 * Resources that changes refer to by an agreed name and that can be made with nothing but what is here, so
 * that nobody needs to be asked: `LogBucket`, into which load balancers and S3 may write;
 * `DistributionLogBucket`, into which CloudFront may; `SafeguardsKey`, under which trails, log groups and
 * topics are encrypted.
 *
 * @param roles roles that reach every bucket: they are kept out of the logs
 */
export function supplied(name: string, roles: readonly Resource[]): readonly Edit[] | undefined {
  switch (name) {
    case 'LogBucket':
    case 'LogBucketPolicy':
      return logBucket(roles);
    case 'DistributionLogBucket':
      return distributionLogBucket(roles);
    case 'SafeguardsKey':
      return [SAFEGUARDS_KEY];
    default:
      return undefined;
  }
}

const DAYS_KEPT = 365;
const DAYS_OF_OLD_VERSIONS = 30;

const CLOSED = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** Events of objects go to EventBridge, where a rule can tell of a deletion (Amazon S3 user guide, "Using EventBridge"). */
export const TOLD: EditValue = { EventBridgeConfiguration: { EventBridgeEnabled: true } };

/** Objects can be locked one by one, by a legal hold for example; no time is set for all of them. */
export const LOCKABLE = { ObjectLockEnabled: true };

const OF_ACCOUNT = { 'aws:SourceAccount': ref('AWS::AccountId') };

function bucketForLogs(name: string, more: { readonly [key: string]: EditValue }): Edit {
  return addResource(name, 'AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: CLOSED,
    VersioningConfiguration: { Status: 'Enabled' },
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'expire',
          Status: 'Enabled',
          ExpirationInDays: DAYS_KEPT,
          NoncurrentVersionExpiration: { NoncurrentDays: DAYS_OF_OLD_VERSIONS },
        },
      ],
    },
    NotificationConfiguration: TOLD,
    ...more,
  });
}

function policyOf(bucket: string, statements: readonly EditValue[]): Edit {
  return addResource(`${bucket}Policy`, 'AWS::S3::BucketPolicy', {
    Bucket: ref(bucket),
    PolicyDocument: { Version: '2012-10-17', Statement: [...statements, denyPlainHttp(bucket)] },
  });
}

/** The statement by which a bucket takes requests over TLS only. */
export function denyPlainHttp(bucket: string): EditValue {
  return {
    Sid: 'DenyPlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [getAtt(bucket, 'Arn'), sub(`{${bucket}.Arn}/*`)],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/**
 * Sources: "Enable access logs for your Application Load Balancer" (one service principal in all Regions; the
 * account numbers of older policies are no longer needed), the same page for Network Load Balancers
 * (`delivery.logs.amazonaws.com`), and Amazon S3 user guide, "Enabling Amazon S3 server access logging".
 */
function logBucket(roles: readonly Resource[]): readonly Edit[] {
  const ownLogs = sub('{LogBucket.Arn}/AWSLogs/{AWS::AccountId}/*');
  return [
    // No lock: S3 delivers its access logs into no bucket that has Object Lock ("Enabling server access logging").
    bucketForLogs('LogBucket', {}),
    policyOf('LogBucket', [
      {
        Sid: 'LoadBalancers',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: ownLogs,
      },
      {
        Sid: 'NetworkLoadBalancers',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: ownLogs,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...OF_ACCOUNT } },
      },
      {
        Sid: 'NetworkLoadBalancersLook',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: getAtt('LogBucket', 'Arn'),
        Condition: { StringEquals: OF_ACCOUNT },
      },
      {
        Sid: 'BucketAccess',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: sub('{LogBucket.Arn}/*'),
        Condition: { StringEquals: OF_ACCOUNT },
      },
      ...keepOut('LogBucket', roles),
    ]),
  ];
}

/** CloudFront delivers its standard logs with an ACL, which a bucket refuses unless it is told to take them. */
function distributionLogBucket(roles: readonly Resource[]): readonly Edit[] {
  return [
    bucketForLogs('DistributionLogBucket', {
      ...LOCKABLE,
      LoggingConfiguration: {
        DestinationBucketName: ref('LogBucket'),
        LogFilePrefix: 'DistributionLogBucket/',
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    }),
    policyOf('DistributionLogBucket', keepOut('DistributionLogBucket', roles)),
  ];
}

const ANY_ARN = 'arn:{AWS::Partition}';

/**
 * Sources: AWS CloudTrail user guide, "Configure AWS KMS key policies for CloudTrail"; CloudWatch Logs user guide,
 * "Encrypt log data in CloudWatch Logs using AWS KMS"; AWS Config developer guide, "Permissions for the KMS Key
 * for the AWS Config Delivery Channel"; Amazon SNS developer guide, "Managing Amazon SNS encryption keys".
 */
const SAFEGUARDS_KEY = addResource('SafeguardsKey', 'AWS::KMS::Key', {
  Description: 'Trail, configuration records, logs and notifications',
  EnableKeyRotation: true,
  KeyPolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DelegateToIam',
        Effect: 'Allow',
        Principal: { AWS: sub(`${ANY_ARN}:iam::{AWS::AccountId}:root`) },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Trail',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringLike: { 'aws:SourceArn': sub(`${ANY_ARN}:cloudtrail:*:{AWS::AccountId}:trail/*`) },
        },
      },
      {
        Sid: 'ConfigurationRecords',
        Effect: 'Allow',
        Principal: { Service: 'config.amazonaws.com' },
        Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
        Resource: '*',
        Condition: { StringEquals: OF_ACCOUNT },
      },
      {
        Sid: 'LogGroups',
        Effect: 'Allow',
        Principal: { Service: sub('logs.{AWS::Region}.amazonaws.com') },
        Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        Resource: '*',
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': sub(
              `${ANY_ARN}:logs:{AWS::Region}:{AWS::AccountId}:log-group:*`,
            ),
          },
        },
      },
      // EventBridge publishes without a context that a condition could match.
      {
        Sid: 'Notifications',
        Effect: 'Allow',
        Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
        Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        Resource: '*',
      },
    ],
  },
});
