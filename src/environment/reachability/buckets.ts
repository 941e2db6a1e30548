import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isOneOf, isSet, isTrue, NO, not, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, showValue, stringFrom } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { startHop } from './border.ts';
import { itemsWithPresence, property } from './lookup.ts';
import { arnOf, strangerMay } from './resource-policies.ts';
import { hop, type InternetReach, type NetworkHop } from './types.ts';

export const BUCKET = 'AWS::S3::Bucket';

export type BucketUse = 'read' | 'write';

interface Grant {
  readonly answer: Answer;
  readonly hop: NetworkHop;
}

/** Whether anybody on the internet reads or writes a bucket: its policy or ACL, less the public access blocks. */
export function bucketReach(graph: ResourceGraph, bucket: Resource, use: BucketUse): InternetReach {
  const grants = [policyGrant(graph, bucket, use), aclGrant(graph, bucket, use)];
  const open = grants.filter((grant) => grant.answer.is !== 'no');
  if (open.length === 0) {
    const what = text(
      `neither policy nor ACL of ${bucket.name} admits strangers`,
      `${bucket.name}のポリシーにもACLにも公開の許可がない`,
    );
    return { answer: NO, paths: [], blockedBy: hop(bucket.id, what, bucket) };
  }
  const paths = open.map((grant) => ({
    hops: [startHop(), grant.hop],
    answer: all([bucket.exists, grant.answer]),
  }));
  return { answer: any(paths.map((path) => path.answer)), paths };
}

function policyGrant(graph: ResourceGraph, bucket: Resource, use: BucketUse): Grant {
  const blocked = blocks(graph, bucket, 'RestrictPublicBuckets', 'BlockPublicPolicy');
  const policies =
    blocked.is === 'yes'
      ? []
      : graph
          .referrersOfType(bucket, 'AWS::S3::BucketPolicy')
          .filter((policy) => graph.target(property(policy, 'Bucket')) === bucket);
  const action = use === 'read' ? 's3:GetObject' : 's3:PutObject';
  const answers = policies.map((policy) =>
    all([
      policy.exists,
      strangerMay(property(policy, 'PolicyDocument'), action, arnOf(bucket, '/object'), graph),
    ]),
  );
  const granted = any(answers);
  const policy = policies[answers.findIndex((each) => each.is !== 'no')] ?? bucket;
  const what = text(
    `${policy.name} lets anybody ${use === 'read' ? 'read' : 'write'} the objects of ${bucket.name}`,
    `${policy.name}が${bucket.name}のオブジェクトの${use === 'read' ? '読み取り' : '書き込み'}を誰にでも許可している`,
  );
  return {
    answer: all([granted, not(blocked)]),
    hop: hop(bucket.id, what, property(policy, 'PolicyDocument')),
  };
}

const READ_ACLS = ['PublicRead', 'PublicReadWrite', 'public-read', 'public-read-write'];
const WRITE_ACLS = ['PublicReadWrite', 'public-read-write'];

function aclGrant(graph: ResourceGraph, bucket: Resource, use: BucketUse): Grant {
  const acl = property(bucket, 'AccessControl');
  const granted = isOneOf(acl, use === 'read' ? READ_ACLS : WRITE_ACLS);
  const blocked = blocks(graph, bucket, 'IgnorePublicAcls', 'BlockPublicAcls');
  const answer = all([granted, not(blocked), aclsCount(bucket)]);
  const what = text(
    `the ACL ${showValue(acl)} of ${bucket.name} opens it to anybody`,
    `${bucket.name}のACL(${showValue(acl)})が誰にでも公開している`,
  );
  return { answer, hop: hop(bucket.id, what, acl) };
}

/** ACLs are without effect where the bucket owner owns all objects, the default since April 2023. */
function aclsCount(bucket: Resource): Answer {
  const rules = property(bucket, 'OwnershipControls', 'Rules');
  if (rules.kind === 'absent') return undecided(rules);
  const owner = itemsWithPresence(rules).map(({ value }) =>
    isOneOf(get(value, 'ObjectOwnership'), ['BucketOwnerEnforced']),
  );
  return not(any(owner));
}

/**
 * Whether public access is blocked at the bucket or for the account. A bucket that says nothing has all
 * four settings if it was made after April 2023 ("Blocking public access to your Amazon S3 storage").
 */
function blocks(graph: ResourceGraph, bucket: Resource, ...settings: readonly string[]): Answer {
  const configuration = property(bucket, 'PublicAccessBlockConfiguration');
  const own: Answer =
    configuration.kind === 'absent'
      ? undecided(configuration)
      : any(settings.map((setting) => isTrue(get(configuration, setting))));
  return any([own, accountBlocks(graph, settings)]);
}

function accountBlocks(graph: ResourceGraph, settings: readonly string[]): Answer {
  return any(
    graph
      .ofType('Account::S3PublicAccessBlock')
      .flatMap((block) => settings.map((setting) => all([block.exists, isTrue(property(block, setting))]))),
  );
}

/** Whether a bucket serves as a web site by itself. */
export function isWebsite(bucket: Resource): boolean {
  return isSet(property(bucket, 'WebsiteConfiguration')).is !== 'no';
}

/** The literal name of a bucket, where it has one. */
export function bucketName(bucket: Resource): string | undefined {
  return stringFrom(property(bucket, 'BucketName'));
}
