import type { ResourceGraph } from '../../environment/graph.ts';
import {
  forwardsTo,
  LOAD_BALANCER,
  listenersOf,
  reachFromInternet,
} from '../../environment/reachability/index.ts';
import type { Resource } from '../../model/resource.ts';

/**
 * A load balancer behind a distribution that the internet surely reaches directly, and that then forwards
 * by default. One whose default action refuses (and whose rules ask for CloudFront's secret header) or
 * whose security group admits CloudFront's addresses only is no way around.
 */
export function openOrigin(graph: ResourceGraph, distribution: Resource): Resource | undefined {
  return forwardsTo(graph, distribution)
    .flatMap(({ target }) => graph.get(target) ?? [])
    .find(
      (origin) =>
        origin.type === LOAD_BALANCER &&
        reachFromInternet(graph, origin).answer.is === 'yes' &&
        forwardsByDefault(graph, origin),
    );
}

function forwardsByDefault(graph: ResourceGraph, loadBalancer: Resource): boolean {
  return listenersOf(graph, loadBalancer).some((listener) =>
    listener.actions.some((action) => action.holder.id === listener.resource.id && action.kind === 'forward'),
  );
}
