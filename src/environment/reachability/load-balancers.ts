import { type Answer, all, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { add, itemsWithPresence, property, referred } from './lookup.ts';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const CLASSIC_LOAD_BALANCER = 'AWS::ElasticLoadBalancing::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** A port on which a load balancer listens. */
export interface LoadBalancerListener {
  /** The listener resource; for a classic load balancer the load balancer itself. */
  readonly resource: Resource;
  readonly loadBalancer: Resource;
  /** Undefined where it is undecided. */
  readonly port: number | undefined;
  /** Upper case: `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `SSL` …; undefined where it is undecided. */
  readonly protocol: string | undefined;
  readonly at: Value;
  readonly exists: Answer;
  /** What its default action and its rules do, the default last. */
  readonly actions: readonly ListenerAction[];
}

/** One action of a listener or of one of its rules. */
export interface ListenerAction {
  /** `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, `authenticate-cognito`; undefined: undecided. */
  readonly kind: string | undefined;
  readonly at: Value;
  /** The listener or the rule that holds the action. */
  readonly holder: Resource;
  readonly exists: Answer;
}

interface LoadBalancerIndex {
  readonly listeners: Map<string, LoadBalancerListener[]>;
}

/** The listeners of a load balancer. */
export function listenersOf(graph: ResourceGraph, loadBalancer: Resource): readonly LoadBalancerListener[] {
  return graph.memo(indexListeners).listeners.get(loadBalancer.id) ?? [];
}

/** The listeners of every load balancer that was read. */
export function allListeners(graph: ResourceGraph): readonly LoadBalancerListener[] {
  return [...graph.memo(indexListeners).listeners.values()].flat();
}

function indexListeners(graph: ResourceGraph): LoadBalancerIndex {
  const index: LoadBalancerIndex = { listeners: new Map() };
  const rules = new Map<string, Resource[]>();
  for (const rule of graph.ofType(LISTENER_RULE)) {
    const listener = referred(graph, property(rule, 'ListenerArn'), LISTENER);
    if (listener) add(rules, listener.id, rule);
  }
  for (const listener of graph.ofType(LISTENER)) {
    const loadBalancer = referred(graph, property(listener, 'LoadBalancerArn'), LOAD_BALANCER);
    if (!loadBalancer) continue;
    const actions = [
      ...(rules.get(listener.id) ?? []).flatMap((rule) => actionsOf(rule, property(rule, 'Actions'))),
      ...actionsOf(listener, property(listener, 'DefaultActions')),
    ];
    add(index.listeners, loadBalancer.id, {
      resource: listener,
      loadBalancer,
      port: numberFrom(property(listener, 'Port')),
      protocol: stringFrom(property(listener, 'Protocol'))?.toUpperCase(),
      at: listener.properties,
      exists: listener.exists,
      actions,
    });
  }
  for (const loadBalancer of graph.ofType(CLASSIC_LOAD_BALANCER)) {
    for (const { value, present } of itemsWithPresence(property(loadBalancer, 'Listeners'))) {
      add(index.listeners, loadBalancer.id, classicListener(loadBalancer, value, present));
    }
  }
  return index;
}

function classicListener(loadBalancer: Resource, at: Value, present: Answer): LoadBalancerListener {
  const action = { kind: 'forward', at, holder: loadBalancer, exists: YES };
  return {
    resource: loadBalancer,
    loadBalancer,
    port: numberFrom(get(at, 'LoadBalancerPort')),
    protocol: stringFrom(get(at, 'Protocol'))?.toUpperCase(),
    at,
    exists: all([loadBalancer.exists, present]),
    actions: [action],
  };
}

function actionsOf(holder: Resource, actions: Value): readonly ListenerAction[] {
  return itemsWithPresence(actions).map(({ value, present }) => ({
    kind: value.kind === 'unknown' ? undefined : stringFrom(get(value, 'Type'))?.toLowerCase(),
    at: value,
    holder,
    exists: all([holder.exists, present]),
  }));
}

/** Whether a load balancer is internet-facing: the default of `Scheme` in both generations. */
export function isInternetFacing(loadBalancer: Resource): Answer {
  const scheme = property(loadBalancer, 'Scheme');
  if (scheme.kind === 'absent') return YES;
  const word = stringFrom(scheme);
  return word === undefined ? undecided(scheme) : word === 'internal' ? NO : YES;
}

/** `application`, `network` or `gateway` for the second generation, `classic` for the first. */
export function loadBalancerKind(loadBalancer: Resource): string {
  if (loadBalancer.type === CLASSIC_LOAD_BALANCER) return 'classic';
  return stringFrom(property(loadBalancer, 'Type')) ?? 'application';
}
