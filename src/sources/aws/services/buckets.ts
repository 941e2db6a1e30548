import type { Api, Collector, FoundResource } from '../api.ts';
import { given, mapOf, pick, policyOf, textOf } from '../fields.ts';
import { accountFact, EVERYWHERE, here } from '../found.ts';
import { BUCKET_SETTINGS, type BucketSetting, PUBLIC_ACCESS_BLOCK } from './bucket-settings.ts';

/** Buckets with all that decides who reads them (Amazon S3 API reference). No object is ever read. */
export const buckets: Collector = {
  id: 'buckets',
  service: 's3',
  where: 'account',
  types: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  actions: {
    ListBuckets: 's3:ListAllMyBuckets',
    GetBucketAcl: 's3:GetBucketAcl',
    GetBucketEncryption: 's3:GetEncryptionConfiguration',
    GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
    GetBucketLogging: 's3:GetBucketLogging',
    GetBucketNotificationConfiguration: 's3:GetBucketNotification',
    GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
    GetBucketPolicy: 's3:GetBucketPolicy',
    GetBucketReplication: 's3:GetReplicationConfiguration',
    GetBucketTagging: 's3:GetBucketTagging',
    GetBucketVersioning: 's3:GetBucketVersioning',
    GetBucketWebsite: 's3:GetBucketWebsite',
    GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
    GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  },
  async read(api) {
    // Only a listing in pages says in which region a bucket lies.
    const found = await api.all('ListBuckets', 'Buckets', { MaxBuckets: 1000 });
    const each = await Promise.all(
      found.map(async (bucket) => {
        const region = textOf(bucket, 'BucketRegion') || EVERYWHERE;
        const parts = await bucketWithSettings(api, textOf(bucket, 'Name'));
        return parts.map((part) => ({ ...part, region }));
      }),
    );
    return each.flat();
  },
};

async function bucketWithSettings(api: Api, name: string): Promise<readonly FoundResource[]> {
  const arn = `arn:${api.partition}:s3:::${name}`;
  const properties: Record<string, unknown> = { BucketName: name };
  const unread: string[] = [];
  const read = async ({ property, operation, none, from }: BucketSetting) => {
    const detail = await api.detail(operation, { Bucket: name }, none === undefined ? {} : { none: [none] });
    if (detail.is === 'unread') unread.push(property);
    const value = detail.is === 'read' ? from(detail.output) : undefined;
    if (value !== undefined) properties[property] = value;
  };
  const policy = api.detail('GetBucketPolicy', { Bucket: name }, { none: ['NoSuchBucketPolicy'] });
  await Promise.all(BUCKET_SETTINGS.map(read));
  const bucket = here(api, {
    id: arn,
    type: 'AWS::S3::Bucket',
    name,
    names: { Ref: name, Arn: arn },
    properties,
    unread,
  });
  const answer = await policy;
  if (answer.is === 'none') return [bucket];
  const document = answer.is === 'read' ? policyOf(answer.output, 'Policy') : undefined;
  const policyResource = here(api, {
    id: `${arn}/policy`,
    type: 'AWS::S3::BucketPolicy',
    name: `${name}-policy`,
    properties: { Bucket: name, ...given('PolicyDocument', document) },
    unread: answer.is === 'unread' ? ['PolicyDocument'] : [],
  });
  return [bucket, policyResource];
}

/** The block for all buckets of the account. */
export const bucketBlock: Collector = {
  id: 'bucket-block',
  service: 's3-control',
  where: 'account',
  types: ['Account::S3PublicAccessBlock'],
  actions: { GetPublicAccessBlock: 's3:GetAccountPublicAccessBlock' },
  async read(api) {
    const none = ['NoSuchPublicAccessBlockConfiguration'];
    const detail = await api.detail('GetPublicAccessBlock', { AccountId: api.account }, { none });
    const set = detail.is === 'read' ? mapOf(detail.output, 'PublicAccessBlockConfiguration') : {};
    const nothing = Object.fromEntries(PUBLIC_ACCESS_BLOCK.map((name) => [name, false]));
    const properties = detail.is === 'unread' ? {} : { ...nothing, ...pick(set, PUBLIC_ACCESS_BLOCK) };
    return [
      accountFact(api, 'S3PublicAccessBlock', properties, detail.is === 'unread' ? PUBLIC_ACCESS_BLOCK : []),
    ];
  },
};

/** Doors of their own into buckets (Amazon S3 API reference, "ListAccessPoints"). */
export const accessPoints: Collector = {
  id: 'access-points',
  service: 's3-control',
  where: 'region',
  types: ['AWS::S3::AccessPoint'],
  actions: { ListAccessPoints: 's3:ListAccessPoints', GetAccessPoint: 's3:GetAccessPoint' },
  async read(api) {
    const found = await api.all('ListAccessPoints', 'AccessPointList', { AccountId: api.account });
    return Promise.all(
      found.map(async (point) => {
        const name = textOf(point, 'Name');
        const detail = await api.detail('GetAccessPoint', { AccountId: api.account, Name: name });
        const block = detail.is === 'read' ? mapOf(detail.output, 'PublicAccessBlockConfiguration') : {};
        return here(api, {
          id: textOf(point, 'AccessPointArn') || api.arn('s3', `accesspoint/${name}`),
          type: 'AWS::S3::AccessPoint',
          name,
          names: { Ref: name, Arn: textOf(point, 'AccessPointArn') },
          unread: detail.is === 'unread' ? ['PublicAccessBlockConfiguration'] : [],
          properties: {
            ...pick(point, ['Name', 'Bucket', 'VpcConfiguration']),
            ...given('PublicAccessBlockConfiguration', pick(block, PUBLIC_ACCESS_BLOCK)),
          },
        });
      }),
    );
  },
};
