import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { aclsDisabled, ownership } from './ownership.ts';

/** AWS Security Hub controls reference, S3.12. */
export const definition = propertyControl({
  id: 'S3.12',
  title: text(
    'Access to buckets is not managed by access control lists',
    'バケットのアクセス管理にACLを使わない',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-bucket-acl-prohibited',
  mappings: {},
  property: ['OwnershipControls', 'Rules'],
  label: 'ObjectOwnership',
  read: (resource) => ownership(resource),
  good: aclsDisabled,
  whenAbsent: { good: YES, means: text('access control lists are off by default', '既定でACLは無効') },
  says: {
    pass: text('access control lists are off', 'ACLは無効です'),
    fail: text('access control lists grant access', 'ACLでアクセスを許可しています'),
  },
  remedy: {
    summary: text(
      'Set ObjectOwnership to BucketOwnerEnforced and use policies',
      'ObjectOwnership を BucketOwnerEnforced にし、ポリシーで管理する',
    ),
    value: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
  },
});
