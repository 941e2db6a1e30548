/** Who reaches a bucket by its policy and its access control list, and what blocks them. */
import type { ResourceGraph } from '../../environment/graph.ts';
import { type Answer, all, any, isOneOf, isTrue, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { actionMatches, coversAction, isPublicStatement, someStatement } from '../iam/policy-statements.ts';

/** The bucket policies of a bucket. */
export function bucketPolicies(bucket: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph
    .referrersOfType(bucket, 'AWS::S3::BucketPolicy')
    .filter((policy) => bucketOf(policy, graph) === bucket);
}

/** The bucket that a bucket policy belongs to, when it is declared here. */
export function bucketOf(policy: Resource, graph: ResourceGraph): Resource | undefined {
  const target = graph.target(get(policy.properties, 'Bucket'));
  return target?.type === 'AWS::S3::Bucket' ? target : undefined;
}

/** The bucket's own public access block. */
export function publicAccessBlock(bucket: Resource): Value {
  return get(bucket.properties, 'PublicAccessBlockConfiguration');
}

/** Whether the whole internet gets in by a policy that allows an action of one of the names. */
export function isOpenByPolicy(bucket: Resource, graph: ResourceGraph, actions: readonly string[]): Answer {
  const block = publicAccessBlock(bucket);
  return all([
    not(any([isTrue(get(block, 'BlockPublicPolicy')), isTrue(get(block, 'RestrictPublicBuckets'))])),
    any(
      bucketPolicies(bucket, graph).map((policy) =>
        all([
          policy.exists,
          someStatement(get(policy.properties, 'PolicyDocument'), (statement) =>
            all([isPublicStatement(statement), allowsSome(statement, actions)]),
          ),
        ]),
      ),
    ),
  ]);
}

/** Whether a statement covers one of the actions. */
export function allowsSome(statement: Value, actions: readonly string[]): Answer {
  return coversAction(statement, (pattern) => actions.some((action) => actionMatches(pattern, action)));
}

/** Whether the whole internet gets in by one of the canned access control lists. */
export function isOpenByAcl(bucket: Resource, lists: readonly string[]): Answer {
  const block = publicAccessBlock(bucket);
  return all([
    not(any([isTrue(get(block, 'BlockPublicAcls')), isTrue(get(block, 'IgnorePublicAcls'))])),
    isOneOf(get(bucket.properties, 'AccessControl'), lists),
  ]);
}
