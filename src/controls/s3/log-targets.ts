import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, answer, any, isOneOf, someItem } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { allows, someStatement } from '../iam/policy-statements.ts';
import type { Condition } from '../property.ts';
import { bucketPolicies } from './access.ts';

/**
 * A bucket that receives the access logs of others need not log itself (Security Hub controls reference,
 * S3.9), and takes them only with S3's own encryption (S3 guide, "Enabling server access logging").
 */
export const NO_LOG_TARGET: Condition = {
  holds: (bucket, graph) => answer(!receivesLogs(bucket, graph)),
  otherwise: text('the bucket receives access logs', 'アクセスログを受け取るバケットです'),
};

function receivesLogs(bucket: Resource, graph: ResourceGraph): boolean {
  if (graph.memo(logTargets).has(bucket.id)) return true;
  const admitted = any([
    isOneOf(get(bucket.properties, 'AccessControl'), ['LogDeliveryWrite']),
    ...bucketPolicies(bucket, graph).map((policy) =>
      someStatement(get(policy.properties, 'PolicyDocument'), admitsLogging),
    ),
  ]);
  return admitted.is === 'yes';
}

/** Whether a statement lets the logging service of S3 write. */
function admitsLogging(statement: Value): Answer {
  const services = get(statement, 'Principal', 'Service');
  return all([allows(statement), someItem(services, (each) => isOneOf(each, ['logging.s3.amazonaws.com']))]);
}

function logTargets(graph: ResourceGraph): ReadonlySet<string> {
  const targets = graph.ofType('AWS::S3::Bucket').flatMap((bucket) => {
    const name = get(bucket.properties, 'LoggingConfiguration', 'DestinationBucketName');
    const target = name.kind === 'absent' ? undefined : graph.target(name);
    return target && target !== bucket ? [target.id] : [];
  });
  return new Set(targets);
}
