import type { ResourceGraph } from '../environment/graph.ts';
import { forwardsTo, waysTo } from '../environment/reachability/index.ts';
import type { Resource } from '../model/resource.ts';

/** Other servers to which the same listeners forward. */
export function siblingsOf(graph: ResourceGraph, server: Resource): readonly Resource[] {
  const fronts = new Set(waysTo(graph, server).flatMap((way) => way.fronts.at(-1) ?? []));
  const others = [...fronts].flatMap((front) =>
    forwardsTo(graph, front)
      .map((forward) => forward.resource)
      .filter((resource) => resource !== server && resource.type !== 'AWS::Lambda::Function'),
  );
  return [...new Set(others)];
}
