import type { Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf, textsOf } from '../fields.ts';

/** One setting of a bucket: the call that reads it, and its form in CloudFormation. */
export interface BucketSetting {
  readonly property: string;
  readonly operation: string;
  readonly none?: string;
  from(output: Output): unknown;
}

export const BUCKET_SETTINGS: readonly BucketSetting[] = [
  {
    property: 'BucketEncryption',
    operation: 'GetBucketEncryption',
    none: 'ServerSideEncryptionConfigurationNotFoundError',
    from: (output) => ({
      ServerSideEncryptionConfiguration: mapsOf(
        mapOf(output, 'ServerSideEncryptionConfiguration'),
        'Rules',
      ).map((rule) => ({
        ServerSideEncryptionByDefault: pick(mapOf(rule, 'ApplyServerSideEncryptionByDefault'), [
          'SSEAlgorithm',
          'KMSMasterKeyID',
        ]),
        ...pick(rule, ['BucketKeyEnabled']),
      })),
    }),
  },
  {
    property: 'PublicAccessBlockConfiguration',
    operation: 'GetPublicAccessBlock',
    none: 'NoSuchPublicAccessBlockConfiguration',
    from: (output) => pick(mapOf(output, 'PublicAccessBlockConfiguration'), PUBLIC_ACCESS_BLOCK),
  },
  {
    property: 'VersioningConfiguration',
    operation: 'GetBucketVersioning',
    from: (output) => (textOf(output, 'Status') === '' ? undefined : { Status: textOf(output, 'Status') }),
  },
  {
    property: 'LoggingConfiguration',
    operation: 'GetBucketLogging',
    from: (output) => {
      const logging = mapOf(output, 'LoggingEnabled');
      if (textOf(logging, 'TargetBucket') === '') return undefined;
      return pick(logging, ['TargetBucket=DestinationBucketName', 'TargetPrefix=LogFilePrefix']);
    },
  },
  {
    property: 'OwnershipControls',
    operation: 'GetBucketOwnershipControls',
    none: 'OwnershipControlsNotFoundError',
    from: (output) => ({
      Rules: mapsOf(mapOf(output, 'OwnershipControls'), 'Rules').map((rule) =>
        pick(rule, ['ObjectOwnership']),
      ),
    }),
  },
  {
    property: 'LifecycleConfiguration',
    operation: 'GetBucketLifecycleConfiguration',
    none: 'NoSuchLifecycleConfiguration',
    from: (output) => ({
      Rules: mapsOf(output, 'Rules').map((rule) => ({
        ...pick(rule, ['ID=Id', 'Status', 'Prefix']),
        ...pick(mapOf(rule, 'Expiration'), ['Days=ExpirationInDays', 'Date=ExpirationDate']),
        ...pick(mapOf(rule, 'NoncurrentVersionExpiration'), [
          'NoncurrentDays=NoncurrentVersionExpirationInDays',
        ]),
        ...pick(mapOf(rule, 'AbortIncompleteMultipartUpload'), ['DaysAfterInitiation']),
      })),
    }),
  },
  {
    property: 'AccessControl',
    operation: 'GetBucketAcl',
    from: cannedList,
  },
  {
    property: 'NotificationConfiguration',
    operation: 'GetBucketNotificationConfiguration',
    from: notifications,
  },
  {
    property: 'ReplicationConfiguration',
    operation: 'GetBucketReplication',
    none: 'ReplicationConfigurationNotFoundError',
    from: (output) => {
      const found = mapOf(output, 'ReplicationConfiguration');
      const rules = mapsOf(found, 'Rules').map((rule) =>
        pick(rule, ['ID=Id', 'Status', 'Priority', 'Destination']),
      );
      return rules.length === 0 ? undefined : { ...pick(found, ['Role']), Rules: rules };
    },
  },
  {
    property: 'Tags',
    operation: 'GetBucketTagging',
    none: 'NoSuchTagSet',
    from: (output) => mapsOf(output, 'TagSet'),
  },
  {
    property: 'WebsiteConfiguration',
    operation: 'GetBucketWebsite',
    none: 'NoSuchWebsiteConfiguration',
    from: (output) => ({
      ...pick(mapOf(output, 'IndexDocument'), ['Suffix=IndexDocument']),
      ...pick(output, ['RedirectAllRequestsTo']),
    }),
  },
  {
    property: 'ObjectLockEnabled',
    operation: 'GetObjectLockConfiguration',
    none: 'ObjectLockConfigurationNotFoundError',
    from: (output) => textOf(mapOf(output, 'ObjectLockConfiguration'), 'ObjectLockEnabled') === 'Enabled',
  },
];

const GROUPS = 'http://acs.amazonaws.com/groups/';

/** The canned list that opens what the grants open ("Access control list overview"); undefined for a private one. */
function cannedList(output: Output): string | undefined {
  const grants = mapsOf(output, 'Grants').map((grant) => ({
    to: textOf(mapOf(grant, 'Grantee'), 'URI').replace(GROUPS, ''),
    permission: textOf(grant, 'Permission'),
  }));
  const may = (to: string, ...permissions: string[]) =>
    grants.some((grant) => grant.to === to && [...permissions, 'FULL_CONTROL'].includes(grant.permission));
  if (may('global/AllUsers', 'WRITE')) return 'PublicReadWrite';
  if (may('global/AllUsers', 'READ')) return 'PublicRead';
  if (may('global/AuthenticatedUsers', 'READ', 'WRITE')) return 'AuthenticatedRead';
  return may('s3/LogDelivery', 'WRITE') ? 'LogDeliveryWrite' : undefined;
}

/** S3 writes each kind of target under a name of its own. */
function notifications(output: Output): Output | undefined {
  const found = {
    ...given(
      'TopicConfigurations',
      mapsOf(output, 'TopicConfigurations').map((each) => notification(each, 'TopicArn=Topic')),
    ),
    ...given(
      'QueueConfigurations',
      mapsOf(output, 'QueueConfigurations').map((each) => notification(each, 'QueueArn=Queue')),
    ),
    ...given(
      'LambdaConfigurations',
      mapsOf(output, 'LambdaFunctionConfigurations').map((each) =>
        notification(each, 'LambdaFunctionArn=Function'),
      ),
    ),
    ...(output.EventBridgeConfiguration === undefined
      ? {}
      : { EventBridgeConfiguration: { EventBridgeEnabled: true } }),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

function notification(found: Output, target: string): Output {
  return { ...pick(found, [target]), ...given('Event', textsOf(found, 'Events')[0]) };
}

/** The four switches of a block of public access. */
export const PUBLIC_ACCESS_BLOCK = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
];
