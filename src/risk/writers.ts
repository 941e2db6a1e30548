import type { ResourceGraph } from '../environment/graph.ts';
import type { Resource } from '../model/resource.ts';
import { everyBucket, possibleBuckets } from './stores.ts';
import { type Workload, workloads } from './workloads.ts';

interface WriterIndex {
  /** Workloads that may write into whatever bucket. */
  readonly all: readonly Workload[];
  readonly byBucket: ReadonlyMap<string, readonly Workload[]>;
}

/** The workloads whose policies speak of a bucket, or of every bucket: those worth asking about. */
export function writersOf(graph: ResourceGraph, bucket: Resource): readonly Workload[] {
  const index = graph.memo(indexWriters);
  return [...index.all.slice(0, MOST_TOLD), ...(index.byBucket.get(bucket.id) ?? [])];
}

/** Most of the workloads that may write everywhere that are told with one bucket. */
const MOST_TOLD = 5;

function indexWriters(graph: ResourceGraph): WriterIndex {
  const all: Workload[] = [];
  const byBucket = new Map<string, Workload[]>();
  for (const workload of workloads(graph)) {
    if (everyBucket(graph, workload.role, 's3:PutObject').is === 'yes') all.push(workload);
    else {
      for (const { id } of possibleBuckets(graph, workload.role)) {
        const list = byBucket.get(id);
        if (list) list.push(workload);
        else byBucket.set(id, [workload]);
      }
    }
  }
  return { all, byBucket };
}
