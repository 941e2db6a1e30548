import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';

/** Whether a trail writes to a bucket. */
export function isTrailBucket(bucket: Resource, graph: ResourceGraph): boolean {
  return graph.memo(trailBuckets).has(bucket.id);
}

function trailBuckets(graph: ResourceGraph): ReadonlySet<string> {
  const buckets = graph
    .ofType('AWS::CloudTrail::Trail')
    .map((trail) => graph.target(get(trail.properties, 'S3BucketName')));
  return new Set(buckets.flatMap((bucket) => (bucket ? [bucket.id] : [])));
}
