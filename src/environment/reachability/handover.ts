import { type Answer, NO, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { ResourceGraph } from '../graph.ts';
import { reach } from './inside.ts';
import { LISTENER, listenersOf } from './load-balancers.ts';
import { property, referred } from './lookup.ts';
import { hasPlacement } from './placement.ts';
import type { Forward, NetworkHop } from './types.ts';

/** Whether a forward belongs to the port by which one entered (a listener has one port). */
export function inbound(graph: ResourceGraph, forward: Forward, port: number | undefined): boolean {
  if (port === undefined) return true;
  const listener = graph.get(forward.by);
  if (listener?.type !== LISTENER) return true;
  const loadBalancer = referred(graph, property(listener, 'LoadBalancerArn'), ...LOAD_BALANCERS);
  if (!loadBalancer) return true;
  const own = listenersOf(graph, loadBalancer).find((each) => each.resource === listener);
  return own?.port === undefined || own.port === port;
}

const LOAD_BALANCERS = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];

/** The network between a front and what it forwards to; services of AWS need none. */
export function reachFromServer(
  graph: ResourceGraph,
  front: Resource,
  forward: Forward & { readonly resource: Resource },
): { readonly answer: Answer; readonly hops: readonly NetworkHop[] } {
  const inNetwork = hasPlacement(front.type) && hasPlacement(forward.resource.type);
  if (!inNetwork || forward.resource.type === 'AWS::Lambda::Function') return { answer: YES, hops: [] };
  const inner = reach(graph, front, forward.resource, forward.port);
  const [path] = inner.paths;
  return path ? { answer: path.answer, hops: path.hops } : { answer: NO, hops: [] };
}
