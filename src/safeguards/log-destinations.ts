import type { ResourceGraph } from '../environment/graph.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, referencesIn, stringFrom, type Value } from '../model/value.ts';
import { property } from './values.ts';

/** What is known of a bucket that receives logs. */
export interface LogDestination {
  /** Access logs of load balancers and of S3 are written only under S3's own keys. */
  readonly takesOwnKeysOnly: boolean;
}

/** Whether a bucket receives logs of load balancers, distributions, buckets, trails or AWS Config. */
export function logDestination(graph: ResourceGraph, bucket: Resource): LogDestination | undefined {
  return graph.memo(destinations).get(bucket.id);
}

function destinations(graph: ResourceGraph): ReadonlyMap<string, LogDestination> {
  const found = new Map<string, LogDestination>();
  const put = (value: Value, takesOwnKeysOnly: boolean) => {
    const direct = graph.target(value);
    for (const bucket of bucketsBehind(graph, value, direct)) {
      const before = found.get(bucket.id);
      found.set(bucket.id, { takesOwnKeysOnly: takesOwnKeysOnly || before?.takesOwnKeysOnly === true });
    }
  };
  for (const loadBalancer of graph.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
    for (const attribute of itemsOf(property(loadBalancer, 'LoadBalancerAttributes'))) {
      if (stringFrom(get(attribute, 'Key')) === 'access_logs.s3.bucket') put(get(attribute, 'Value'), true);
    }
  }
  for (const loadBalancer of graph.ofType('AWS::ElasticLoadBalancing::LoadBalancer')) {
    put(property(loadBalancer, 'AccessLoggingPolicy', 'S3BucketName'), true);
  }
  for (const distribution of graph.ofType('AWS::CloudFront::Distribution')) {
    put(property(distribution, 'DistributionConfig', 'Logging', 'Bucket'), false);
  }
  for (const bucket of graph.ofType('AWS::S3::Bucket')) {
    const destination = property(bucket, 'LoggingConfiguration', 'DestinationBucketName');
    if (destination.kind !== 'absent') put(destination, true);
  }
  for (const writer of graph.ofType('AWS::CloudTrail::Trail', 'AWS::Config::DeliveryChannel')) {
    put(property(writer, 'S3BucketName'), false);
  }
  return found;
}

/** A trail may name its bucket by the bucket's policy, so that the policy is there first. */
function bucketsBehind(
  graph: ResourceGraph,
  value: Value,
  direct: Resource | undefined,
): readonly Resource[] {
  const named = direct ? [direct] : referencesIn(value).flatMap(({ resource }) => graph.get(resource) ?? []);
  return named.flatMap((each) => {
    if (each.type === 'AWS::S3::Bucket') return [each];
    const bucket = each.type === 'AWS::S3::BucketPolicy' ? graph.target(property(each, 'Bucket')) : undefined;
    return bucket ? [bucket] : [];
  });
}
