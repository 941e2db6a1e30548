import type { ResourceGraph } from '../environment/graph.ts';
import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER, type Way, waysTo } from '../environment/reachability/index.ts';
import { text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import type { Guard } from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import type { RiskContext } from './context.ts';
import { databasesBehind } from './reaching.ts';
import { guardKey } from './score.ts';
import type { ServerClass } from './server-classes.ts';
import { bucketsReadBy } from './stores.ts';

/** Ports on which people administer machines: SSH, Remote Desktop, WinRM. */
export const ADMIN_PORTS: readonly number[] = [22, 3389, 5985, 5986];

/** The ways on which strangers speak to the application itself (not to an administration port). */
export function applicationWays(graph: ResourceGraph, server: Resource): readonly Way[] {
  return waysTo(graph, server).filter((way) => way.fronts.length > 0 || !isAdministration(way));
}

function isAdministration(way: Way): boolean {
  const ports = way.ports;
  if (!ports) return false;
  return ports.from === ports.to && ADMIN_PORTS.includes(ports.from);
}

/**
 * The web application firewall on a way: the strongest that stands at one of its fronts (two of them with
 * the same rules are not two independent hindrances).
 */
export function firewallOn(context: RiskContext, way: Way, facet: string): readonly Guard[] {
  const guards = way.fronts.flatMap((front) =>
    firewallPlaces(context.graph, front).flatMap((place) => context.guard('waf', place, 'hinder', facet)),
  );
  for (const state of STRENGTH) {
    const found = guards.find((guard) => guard.state === state);
    if (found) return [found];
  }
  return [];
}

const STRENGTH: readonly SafeguardState[] = ['on', 'unknown', 'partial', 'off'];

/** Where a web ACL attaches for a front: at its stages for an API, else at itself. */
function firewallPlaces(graph: ResourceGraph, front: Resource): readonly Resource[] {
  if (front.type === 'AWS::ApiGateway::RestApi')
    return graph.referrersOfType(front, 'AWS::ApiGateway::Stage');
  if (front.type === 'AWS::ApiGatewayV2::Api') return [];
  return [front];
}

/** A way to the application, with what stands on it. */
export interface GuardedWay {
  readonly way: Way;
  readonly guards: readonly Guard[];
}

/**
 * The ways to the applications of a class of servers, with the web application firewall on each; ways that
 * differ in nothing that counts are told once.
 */
export function guardedWays(
  context: RiskContext,
  servers: ServerClass,
  facet: string,
): readonly GuardedWay[] {
  const key = `${facet} ${servers.id}`;
  const cached = context.kept.get(key);
  if (cached) return cached as readonly GuardedWay[];
  const bySignature = new Map<string, GuardedWay>();
  for (const server of servers.servers) {
    for (const way of applicationWays(context.graph, server)) {
      const guards = firewallOn(context, way, facet);
      const shown = guards.map((guard) => `${guardKey(guard)}=${guard.state}`).join(' ');
      const signature = `${way.answer.is} ${shown}`;
      if (!bySignature.has(signature)) bySignature.set(signature, { way, guards });
    }
  }
  const ways = [...bySignature.values()];
  context.kept.set(key, ways);
  return ways;
}

/** What falls with a server: itself, the databases it reaches and the buckets its role reads. */
export function blastOf(graph: ResourceGraph, server: Resource): readonly Resource[] {
  return [server, ...databasesBehind(graph, server), ...bucketsReadBy(graph, server)];
}

/** Whether a front is a load balancer. */
export function isLoadBalancer(front: Resource): boolean {
  return front.type === LOAD_BALANCER || front.type === CLASSIC_LOAD_BALANCER;
}

/** Safeguards that would notice an attack on a server. */
export function serverDetectors(context: RiskContext): readonly Guard[] {
  return context.seenBy(['guardduty', 'cloudtrail', 'security-hub']);
}

/** How a flaw is told that no template can show. */
export const ASSUMED_FLAW = text(
  '(the flaw in the application is assumed; only the path is decided)',
  '(アプリケーションの欠陥は想定。確定しているのは経路のみ)',
);
