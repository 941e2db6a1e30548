import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { shared } from './support.ts';

/** All four settings of S3 Block Public Access. */
export const NO_PUBLIC_ACCESS = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
} as const;

export interface LogBucketProps {
  /** Days after which logs are deleted. Default 365. */
  readonly keepDays?: number;
  /** CloudFront's standard logs are delivered with an ACL; only such a bucket takes them. Default false. */
  readonly takesAcls?: boolean;
}

/**
 * A bucket that receives access logs of load balancers, buckets and distributions.
 *
 * - Stops: nothing by itself; it keeps the evidence, unreadable to the public and over HTTPS only.
 * - Attaches to: one per stack, used by `LoggingSafeguard`.
 * - Costs: about $0.023 per GB and month.
 * - Limits: encrypted under S3's own keys and without Object Lock, because access logs are delivered in no other
 *   way; retained when the stack is deleted.
 */
export class LogBucket extends Construct {
  readonly bucket: CfnBucket;
  readonly policy: CfnBucketPolicy;

  constructor(scope: Construct, id: string, props: LogBucketProps = {}) {
    super(scope, id);
    this.bucket = new CfnBucket(this, 'Bucket', {
      publicAccessBlockConfiguration: NO_PUBLIC_ACCESS,
      ownershipControls: {
        rules: [{ objectOwnership: props.takesAcls ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced' }],
      },
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
      },
      versioningConfiguration: { status: 'Enabled' },
      notificationConfiguration: { eventBridgeConfiguration: { eventBridgeEnabled: true } },
      lifecycleConfiguration: {
        rules: [
          {
            id: 'expire',
            status: 'Enabled',
            expirationInDays: props.keepDays ?? 365,
            noncurrentVersionExpiration: { noncurrentDays: 30 },
          },
        ],
      },
    });
    this.bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.policy = new CfnBucketPolicy(this, 'Policy', {
      bucket: this.bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [...this.deliveries(), denyPlainHttp(this.bucket)],
      },
    });
  }

  private deliveries(): readonly object[] {
    const account = Stack.of(this).account;
    return [
      {
        Sid: 'LoadBalancers',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: [
          `${this.bucket.attrArn}/AWSLogs/${account}/*`,
          `${this.bucket.attrArn}/*/AWSLogs/${account}/*`,
        ],
      },
      {
        Sid: 'Buckets',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${this.bucket.attrArn}/*`,
        Condition: { StringEquals: { 'aws:SourceAccount': account } },
      },
    ];
  }
}

/** The statement by which a bucket answers over HTTPS only. */
export function denyPlainHttp(bucket: CfnBucket): object {
  return {
    Sid: 'DenyPlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket.attrArn, `${bucket.attrArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** The one bucket of a stack for logs of load balancers and buckets. */
export function sharedLogBucket(stack: Stack): LogBucket {
  return shared(stack, 'LogBucket', (scope, id) => new LogBucket(scope, id));
}

/** The one bucket of a stack for logs that are delivered with an ACL. */
export function sharedEdgeLogBucket(stack: Stack): LogBucket {
  return shared(stack, 'EdgeLogBucket', (scope, id) => new LogBucket(scope, id, { takesAcls: true }));
}
