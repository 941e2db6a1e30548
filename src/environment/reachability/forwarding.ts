import { text } from '../../kernel/texts.ts';
import { type Answer, all, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { distributionForwards } from './distributions.ts';
import { gatewayForwards } from './gateways.ts';
import {
  CLASSIC_LOAD_BALANCER,
  type ListenerAction,
  LOAD_BALANCER,
  type LoadBalancerListener,
  listenersOf,
  TARGET_GROUP,
} from './load-balancers.ts';
import { add, itemsWithPresence, property, resolve } from './lookup.ts';
import { type Forward, hop, type NetworkHop } from './types.ts';

/** What a load balancer, distribution or API hands requests to, with the hops in between. */
export function forwardsTo(
  graph: ResourceGraph,
  front: Resource,
): readonly (Forward & { readonly resource: Resource })[] {
  const cache = graph.memo(forwardCache);
  const cached = cache.get(front.id);
  if (cached) return cached;
  const forwards = computeForwards(graph, front).flatMap((forward) => {
    const resource = graph.get(forward.target);
    return resource ? [{ ...forward, resource }] : [];
  });
  cache.set(front.id, forwards);
  return forwards;
}

function forwardCache(_: ResourceGraph): Map<string, readonly (Forward & { readonly resource: Resource })[]> {
  return new Map();
}

function computeForwards(graph: ResourceGraph, front: Resource): readonly Forward[] {
  switch (front.type) {
    case LOAD_BALANCER:
      return listenersOf(graph, front).flatMap((listener) => listenerForwards(graph, listener));
    case CLASSIC_LOAD_BALANCER:
      return classicForwards(graph, front);
    case 'AWS::CloudFront::Distribution':
      return distributionForwards(graph, front);
    default:
      return gatewayForwards(graph, front);
  }
}

function listenerForwards(graph: ResourceGraph, listener: LoadBalancerListener): readonly Forward[] {
  return listener.actions
    .filter((action) => action.kind === 'forward' || action.kind === undefined)
    .flatMap((action) =>
      targetGroups(graph, action).flatMap(({ group, sure, at }) =>
        targetsOf(graph, group).map((target) => ({
          by: listener.resource.id,
          target: target.resource.id,
          hops: [listenerHop(listener, action), groupHop(group, at)],
          answer: all([listener.exists, action.exists, kindOf(action), sure, target.answer]),
          ...portOf(group, target.port),
          ...(asksForHeader(action) ? { needsHeader: true } : {}),
        })),
      ),
    );
}

/** Whether a rule applies only to requests with a certain header. */
export function asksForHeader(action: ListenerAction): boolean {
  const conditions = property(action.holder, 'Conditions');
  return itemsWithPresence(conditions).some(
    ({ value, present }) => present.is === 'yes' && stringFrom(get(value, 'Field')) === 'http-header',
  );
}

function kindOf(action: ListenerAction): Answer {
  return action.kind === undefined ? undecided(action.at) : YES;
}

function portOf(group: Resource, override: number | undefined): { port?: number } {
  const port = override ?? numberFrom(property(group, 'Port'));
  return port === undefined ? {} : { port };
}

/** The hop at a listener: its port, protocol and the rule that forwards. */
export function listenerHop(listener: LoadBalancerListener, action: ListenerAction): NetworkHop {
  const port = `${listener.protocol ?? '?'}:${listener.port ?? '?'}`;
  const rule = action.holder === listener.resource ? '' : ` (${action.holder.name})`;
  return hop(
    listener.resource.id,
    text(`listener ${port} forwards${rule}`, `リスナー${port}が転送する${rule}`),
    action.at,
  );
}

function groupHop(group: Resource, at: Value): NetworkHop {
  return hop(group.id, text(`target group ${group.name}`, `ターゲットグループ${group.name}`), at);
}

interface NamedGroup {
  readonly group: Resource;
  readonly sure: Answer;
  readonly at: Value;
}

function targetGroups(graph: ResourceGraph, action: ListenerAction): readonly NamedGroup[] {
  const values = [
    get(action.at, 'TargetGroupArn'),
    ...itemsWithPresence(get(action.at, 'ForwardConfig', 'TargetGroups')).map(({ value }) =>
      get(value, 'TargetGroupArn'),
    ),
  ];
  const seen = new Set<string>();
  return values
    .flatMap((value) => resolve(graph, value).found)
    .filter(
      ({ resource }) => resource.type === TARGET_GROUP && !seen.has(resource.id) && seen.add(resource.id),
    )
    .map(({ resource, sure, at }) => ({ group: resource, sure, at }));
}

interface Target {
  readonly resource: Resource;
  readonly answer: Answer;
  readonly port?: number;
}

/** Everything that registers with a target group: its own targets, Auto Scaling groups and ECS services. */
export function targetsOf(graph: ResourceGraph, group: Resource): readonly Target[] {
  return graph.memo(indexTargets).get(group.id) ?? [];
}

function indexTargets(graph: ResourceGraph): Map<string, Target[]> {
  const index = new Map<string, Target[]>();
  for (const group of graph.ofType(TARGET_GROUP)) {
    for (const { value, present } of itemsWithPresence(property(group, 'Targets'))) {
      const port = numberFrom(get(value, 'Port'));
      for (const { resource, sure } of resolve(graph, get(value, 'Id')).found) {
        const answer = all([present, sure]);
        add(index, group.id, port === undefined ? { resource, answer } : { resource, answer, port });
      }
    }
  }
  for (const server of graph.ofType('AWS::AutoScaling::AutoScalingGroup')) {
    for (const { resource, sure } of resolve(graph, property(server, 'TargetGroupARNs')).found) {
      add(index, resource.id, { resource: server, answer: all([sure, server.exists]) });
    }
  }
  for (const service of graph.ofType('AWS::ECS::Service')) {
    for (const { value, present } of itemsWithPresence(property(service, 'LoadBalancers'))) {
      const port = numberFrom(get(value, 'ContainerPort'));
      for (const { resource, sure } of resolve(graph, get(value, 'TargetGroupArn')).found) {
        const answer = all([present, sure, service.exists]);
        const target = { resource: service, answer };
        add(index, resource.id, port === undefined ? target : { ...target, port });
      }
    }
  }
  return index;
}

function classicForwards(graph: ResourceGraph, front: Resource): readonly Forward[] {
  const instances = resolve(graph, property(front, 'Instances')).found;
  const groups = graph
    .referrersOfType(front, 'AWS::AutoScaling::AutoScalingGroup')
    .map((resource) => ({ resource, sure: resource.exists }));
  return listenersOf(graph, front).flatMap((listener) => {
    const port = numberFrom(get(listener.at, 'InstancePort'));
    const [action] = listener.actions;
    return [...instances, ...groups].map(({ resource, sure }) => ({
      by: front.id,
      target: resource.id,
      hops: action ? [listenerHop(listener, action)] : [],
      answer: all([listener.exists, sure]),
      ...(port === undefined ? {} : { port }),
    }));
  });
}
