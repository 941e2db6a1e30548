import type { ResourceGraph } from '../environment/graph.ts';
import { forwardsTo, SERVER_TYPES } from '../environment/reachability/index.ts';
import type { Resource } from '../model/resource.ts';

/** The servers and functions behind a front, through other fronts too; other origins (buckets) as they are. */
export function serversBehind(graph: ResourceGraph, front: Resource): readonly Resource[] {
  const found = new Set<Resource>();
  const seen = new Set<string>();
  const follow = (resource: Resource) => {
    if (seen.has(resource.id)) return;
    seen.add(resource.id);
    const next = forwardsTo(graph, resource).map((forward) => forward.resource);
    if (isServer(resource) || (next.length === 0 && resource !== front)) found.add(resource);
    for (const each of next) follow(each);
  };
  follow(front);
  return [...found];
}

function isServer(resource: Resource): boolean {
  return (SERVER_TYPES as readonly string[]).includes(resource.type);
}
