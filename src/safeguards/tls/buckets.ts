import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, answer, any, ask, isOneOf } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { namesEverybody, type Statement, statementsOf } from '../policies.ts';
import { ifExists, presenceOf, rollUp } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';

/**
 * Whether a bucket refuses plain HTTP: a statement that denies everybody everything where
 * `aws:SecureTransport` is false (Amazon S3 user guide, "Security best practices for Amazon S3").
 */
export function atBucket(graph: ResourceGraph, bucket: Resource): Presence {
  const policies = graph.referrersOfType(bucket, 'AWS::S3::BucketPolicy');
  const denies = any(
    policies.map((policy) => {
      const document = property(policy, 'PolicyDocument');
      if (document.kind === 'unknown')
        return ifExists(
          policy,
          ask(document, () => false),
        );
      return ifExists(policy, any(statementsOf(document).map(deniesPlainHttp)));
    }),
  );
  return rollUp([
    {
      facet: FACETS.bucket,
      presence: presenceOf(
        denies,
        {
          on: text('the bucket policy denies plain HTTP', 'バケットポリシーが平文のHTTPを拒否します'),
          off: text('the bucket also answers over plain HTTP', '平文のHTTPでもアクセスできます'),
          unknown: text('the bucket policy is not decided', 'バケットポリシーが未確定です'),
        },
        policies[0] && property(policies[0], 'PolicyDocument'),
      ),
    },
  ]);
}

function deniesPlainHttp(statement: Statement): Answer {
  const everything = statement.actions.some((action) => action === '*' || action.toLowerCase() === 's3:*');
  const secure = get(statement.condition, 'Bool', 'aws:SecureTransport');
  return all([
    statement.present,
    answer(statement.effect === 'Deny' && everything && namesEverybody(statement.principal)),
    isOneOf(secure.kind === 'list' ? get(secure, 0) : secure, ['false']),
  ]);
}
