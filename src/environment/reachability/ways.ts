import { type Answer, all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { ResourceGraph } from '../graph.ts';
import { distributionsBefore } from './distributions.ts';
import { forwardsTo } from './forwarding.ts';
import { HTTP_API, REST_API } from './gateways.ts';
import { inbound, reachFromServer } from './handover.ts';
import { reachFromInternet } from './internet.ts';
import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from './load-balancers.ts';
import type { NetworkHop } from './types.ts';

/** One way from the internet to a server (or function), through the fronts before it. */
export interface Way {
  readonly server: Resource;
  /** The fronts that are passed, the outermost first; empty when the server itself is reached. */
  readonly fronts: readonly Resource[];
  readonly hops: readonly NetworkHop[];
  readonly answer: Answer;
  /** The listener, rule holder or integration that forwards to the server. */
  readonly by?: string;
  readonly port?: number;
  readonly ports?: { readonly from: number; readonly to: number };
}

export const FRONT_TYPES = [
  LOAD_BALANCER,
  CLASSIC_LOAD_BALANCER,
  'AWS::CloudFront::Distribution',
  REST_API,
  HTTP_API,
] as const;

export const SERVER_TYPES = [
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::Lambda::Function',
] as const;

/** Every way from the internet to each server, by the server's id. */
export function waysIn(graph: ResourceGraph): ReadonlyMap<string, readonly Way[]> {
  return graph.memo(computeWays);
}

/** The ways from the internet to one server. */
export function waysTo(graph: ResourceGraph, server: Resource): readonly Way[] {
  return waysIn(graph).get(server.id) ?? [];
}

function computeWays(graph: ResourceGraph): ReadonlyMap<string, readonly Way[]> {
  const ways = new Map<string, Way[]>();
  const put = (way: Way) => {
    const list = ways.get(way.server.id);
    if (list) list.push(way);
    else ways.set(way.server.id, [way]);
  };
  for (const front of graph.ofType(...FRONT_TYPES)) {
    for (const entrance of entrances(graph, front)) {
      for (const way of behind(graph, front, entrance)) put(way);
    }
  }
  for (const server of graph.ofType(...SERVER_TYPES)) {
    for (const path of reachFromInternet(graph, server).paths) put({ ...path, server, fronts: [] });
  }
  return ways;
}

/** A way to a front: directly, or through a distribution before it. */
interface Entrance {
  readonly fronts: readonly Resource[];
  readonly hops: readonly NetworkHop[];
  readonly answer: Answer;
  readonly port?: number;
}

function entrances(graph: ResourceGraph, front: Resource): readonly Entrance[] {
  const direct = reachFromInternet(graph, front).paths.map((path) => ({ ...path, fronts: [front] }));
  if (front.type === 'AWS::CloudFront::Distribution') return direct;
  const through = distributionsBefore(graph, front).flatMap((distribution) =>
    forwardsTo(graph, distribution)
      .filter(({ target }) => target === front.id)
      .flatMap((forward) =>
        reachFromInternet(graph, distribution).paths.map((path) => ({
          fronts: [distribution, front],
          hops: [...path.hops, ...forward.hops],
          answer: all([path.answer, forward.answer]),
        })),
      ),
  );
  return [...direct, ...through];
}

function behind(graph: ResourceGraph, front: Resource, entrance: Entrance): readonly Way[] {
  return forwardsTo(graph, front)
    .filter((forward) => isServer(forward.resource) && inbound(graph, forward, entrance.port))
    .filter((forward) => !forward.needsHeader || !isBeside(graph, front, entrance))
    .flatMap((forward) => {
      const inner = reachFromServer(graph, front, forward);
      const answer = all([entrance.answer, forward.answer, inner.answer]);
      if (answer.is === 'no') return [];
      return [
        {
          server: forward.resource,
          fronts: entrance.fronts,
          hops: [...entrance.hops, ...forward.hops, ...inner.hops],
          answer,
          by: forward.by,
          ...(forward.port === undefined ? {} : { port: forward.port }),
        },
      ];
    });
}

/** Whether one came to a front directly although a distribution stands before it: its header is missing. */
function isBeside(graph: ResourceGraph, front: Resource, entrance: Entrance): boolean {
  return entrance.fronts.length === 1 && distributionsBefore(graph, front).length > 0;
}

function isServer(resource: Resource): boolean {
  return (SERVER_TYPES as readonly string[]).includes(resource.type);
}
