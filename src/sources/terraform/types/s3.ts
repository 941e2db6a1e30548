import { itemsOf, known, stringFrom } from '../../../model/value.ts';
import {
  block,
  blockItems,
  blocks,
  type Field,
  type Fields,
  firstOf,
  inline,
  json,
  renamed,
  several,
  single,
  tags,
} from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';
import { derivePolicy } from './derived-policies.ts';

const ENCRYPTION: Fields = {
  rule: blocks('BucketEncryption.ServerSideEncryptionConfiguration', {
    bucket_key_enabled: 'BucketKeyEnabled',
    apply_server_side_encryption_by_default: block('ServerSideEncryptionByDefault', {
      sse_algorithm: 'SSEAlgorithm',
      kms_master_key_id: 'KMSMasterKeyID',
    }),
  }),
};

const LOGGING: Fields = {
  target_bucket: 'LoggingConfiguration.DestinationBucketName',
  target_prefix: 'LoggingConfiguration.LogFilePrefix',
};

const PUBLIC_ACCESS_BLOCK: Fields = {
  block_public_acls: 'BlockPublicAcls',
  block_public_policy: 'BlockPublicPolicy',
  ignore_public_acls: 'IgnorePublicAcls',
  restrict_public_buckets: 'RestrictPublicBuckets',
};

const LOCK_RULE: Fields = {
  rule: block('ObjectLockConfiguration.Rule', {
    default_retention: block('DefaultRetention', { mode: 'Mode', days: 'Days', years: 'Years' }),
  }),
};

const REPLICATION_DESTINATION: Fields = {
  bucket: 'Bucket',
  account: 'Account',
  account_id: 'Account',
  storage_class: 'StorageClass',
};

const LIFECYCLE_RULE: Fields = {
  id: 'Id',
  prefix: 'Prefix',
  status: 'Status',
  enabled: renamed('Status', { true: 'Enabled', false: 'Disabled' }),
  abort_incomplete_multipart_upload_days: 'AbortIncompleteMultipartUpload.DaysAfterInitiation',
  abort_incomplete_multipart_upload: block('AbortIncompleteMultipartUpload', {
    days_after_initiation: 'DaysAfterInitiation',
  }),
  expiration: inline({
    days: 'ExpirationInDays',
    date: 'ExpirationDate',
    expired_object_delete_marker: 'ExpiredObjectDeleteMarker',
  }),
  noncurrent_version_expiration: block('NoncurrentVersionExpiration', {
    days: 'NoncurrentDays',
    noncurrent_days: 'NoncurrentDays',
    newer_noncurrent_versions: 'NewerNoncurrentVersions',
  }),
  transition: blocks('Transitions', {
    days: 'TransitionInDays',
    date: 'TransitionDate',
    storage_class: 'StorageClass',
  }),
};

/** The canned ACLs have CamelCase names in CloudFormation. */
const acl = renamed('AccessControl', {
  private: 'Private',
  'public-read': 'PublicRead',
  'public-read-write': 'PublicReadWrite',
  'authenticated-read': 'AuthenticatedRead',
  'log-delivery-write': 'LogDeliveryWrite',
  'bucket-owner-read': 'BucketOwnerRead',
  'bucket-owner-full-control': 'BucketOwnerFullControl',
  'aws-exec-read': 'AwsExecRead',
});

/** Grants to everybody say the same as the canned ACL that gives them; others are not judged. */
const publicGrants: Field = (value, target) => {
  for (const grant of blockItems(value)) {
    if (grant.kind !== 'map') continue;
    const grantee = single(grant.entries.get('grantee') ?? grant);
    const uri = grantee.kind === 'map' ? stringFrom(grantee.entries.get('uri') ?? grant) : undefined;
    const permissions = grant.entries.get('permissions') ?? grant.entries.get('permission') ?? grant;
    const writes = itemsOf(permissions).some((each) =>
      /^(?:WRITE|FULL_CONTROL)/.test(stringFrom(each) ?? ''),
    );
    const word = uri?.endsWith('/AllUsers')
      ? writes
        ? 'PublicReadWrite'
        : 'PublicRead'
      : uri?.endsWith('/AuthenticatedUsers')
        ? 'AuthenticatedRead'
        : uri?.endsWith('/s3/LogDelivery') && writes
          ? 'LogDeliveryWrite'
          : undefined;
    if (word !== undefined) target.set('AccessControl', known(word, grant.span));
  }
};

const INTO_BUCKET = ['bucket', 'AWS::S3::Bucket'] as const;

export const S3_TYPES = [
  type(
    'aws_s3_bucket',
    'AWS::S3::Bucket',
    {
      bucket: 'BucketName',
      acl,
      tags: tags(),
      versioning: inline({
        enabled: renamed('VersioningConfiguration.Status', { true: 'Enabled', false: 'Suspended' }),
        mfa_delete: renamed('VersioningConfiguration.MfaDelete', { true: 'Enabled', false: 'Disabled' }),
      }),
      server_side_encryption_configuration: inline(ENCRYPTION),
      logging: inline(LOGGING),
      lifecycle_rule: blocks('LifecycleConfiguration.Rules', LIFECYCLE_RULE),
      object_lock_enabled: 'ObjectLockEnabled',
      object_lock_configuration: inline({
        object_lock_enabled: renamed('ObjectLockEnabled', { Enabled: true }),
        ...LOCK_RULE,
      }),
      website: block('WebsiteConfiguration', {
        index_document: 'IndexDocument',
        error_document: 'ErrorDocument',
      }),
      replication_configuration: block('ReplicationConfiguration', {
        role: 'Role',
        rules: blocks('Rules', {
          id: 'Id',
          status: 'Status',
          destination: block('Destination', REPLICATION_DESTINATION),
        }),
      }),
      grant: publicGrants,
    },
    {
      attributes: {
        bucket: 'Ref',
        bucket_domain_name: 'DomainName',
        bucket_regional_domain_name: 'RegionalDomainName',
        website_endpoint: 'WebsiteURL',
      },
      derive: derivePolicy('policy', 'AWS::S3::BucketPolicy', 'Bucket'),
    },
  ),
  type('aws_s3_bucket_policy', 'AWS::S3::BucketPolicy', { bucket: 'Bucket', policy: json('PolicyDocument') }),
  type('aws_s3_access_point', 'AWS::S3::AccessPoint', {
    bucket: 'Bucket',
    name: 'Name',
    policy: json('Policy'),
    vpc_configuration: block('VpcConfiguration', { vpc_id: 'VpcId' }),
    public_access_block_configuration: block('PublicAccessBlockConfiguration', PUBLIC_ACCESS_BLOCK),
  }),
  type('aws_s3_account_public_access_block', 'Account::S3PublicAccessBlock', PUBLIC_ACCESS_BLOCK, {
    defaults: {
      BlockPublicAcls: false,
      BlockPublicPolicy: false,
      IgnorePublicAcls: false,
      RestrictPublicBuckets: false,
    },
  }),
];

export const S3_JOINS = [
  join('aws_s3_bucket_versioning', INTO_BUCKET, {
    versioning_configuration: block('VersioningConfiguration', { status: 'Status', mfa_delete: 'MfaDelete' }),
  }),
  join('aws_s3_bucket_server_side_encryption_configuration', INTO_BUCKET, ENCRYPTION),
  join('aws_s3_bucket_logging', INTO_BUCKET, LOGGING),
  join(
    'aws_s3_bucket_public_access_block',
    INTO_BUCKET,
    {
      block_public_acls: 'PublicAccessBlockConfiguration.BlockPublicAcls',
      block_public_policy: 'PublicAccessBlockConfiguration.BlockPublicPolicy',
      ignore_public_acls: 'PublicAccessBlockConfiguration.IgnorePublicAcls',
      restrict_public_buckets: 'PublicAccessBlockConfiguration.RestrictPublicBuckets',
    },
    {
      defaults: {
        'PublicAccessBlockConfiguration.BlockPublicAcls': false,
        'PublicAccessBlockConfiguration.BlockPublicPolicy': false,
        'PublicAccessBlockConfiguration.IgnorePublicAcls': false,
        'PublicAccessBlockConfiguration.RestrictPublicBuckets': false,
      },
    },
  ),
  join('aws_s3_bucket_acl', INTO_BUCKET, {
    acl,
    access_control_policy: inline({ grant: publicGrants }),
  }),
  join('aws_s3_bucket_ownership_controls', INTO_BUCKET, {
    rule: blocks('OwnershipControls.Rules', { object_ownership: 'ObjectOwnership' }),
  }),
  join('aws_s3_bucket_lifecycle_configuration', INTO_BUCKET, {
    rule: blocks('LifecycleConfiguration.Rules', LIFECYCLE_RULE),
  }),
  join('aws_s3_bucket_object_lock_configuration', INTO_BUCKET, {
    ...LOCK_RULE,
    object_lock_enabled: several(
      'ObjectLockConfiguration.ObjectLockEnabled',
      renamed('ObjectLockEnabled', { Enabled: true }),
    ),
  }),
  join('aws_s3_bucket_website_configuration', INTO_BUCKET, {
    index_document: block('WebsiteConfiguration', { suffix: 'IndexDocument' }),
    redirect_all_requests_to: block('WebsiteConfiguration.RedirectAllRequestsTo', {
      host_name: 'HostName',
      protocol: 'Protocol',
    }),
  }),
  join('aws_s3_bucket_replication_configuration', INTO_BUCKET, {
    role: 'ReplicationConfiguration.Role',
    rule: blocks('ReplicationConfiguration.Rules', {
      id: 'Id',
      status: 'Status',
      destination: block('Destination', REPLICATION_DESTINATION),
    }),
  }),
  join('aws_s3_bucket_notification', INTO_BUCKET, {
    eventbridge: 'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
    lambda_function: blocks('NotificationConfiguration.LambdaConfigurations', {
      lambda_function_arn: 'Function',
      events: firstOf('Event'),
    }),
    queue: blocks('NotificationConfiguration.QueueConfigurations', {
      queue_arn: 'Queue',
      events: firstOf('Event'),
    }),
    topic: blocks('NotificationConfiguration.TopicConfigurations', {
      topic_arn: 'Topic',
      events: firstOf('Event'),
    }),
  }),
];
