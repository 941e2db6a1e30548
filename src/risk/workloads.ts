import type { ResourceGraph } from '../environment/graph.ts';
import type { NetworkHop } from '../environment/reachability/index.ts';
import { SERVER_TYPES, waysTo } from '../environment/reachability/index.ts';
import { text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import { at } from './paths.ts';
import { rolesOf } from './roles.ts';

/** A role with whose permissions code of the environment runs. */
export interface Workload {
  readonly role: Resource;
  readonly servers: readonly Resource[];
}

/** Every role that servers, services or functions work with, each once. */
export function workloads(graph: ResourceGraph): readonly Workload[] {
  return graph.memo(computeWorkloads);
}

function computeWorkloads(graph: ResourceGraph): readonly Workload[] {
  const servers = new Map<Resource, Resource[]>();
  for (const server of graph.ofType(...SERVER_TYPES)) {
    for (const role of rolesOf(graph, server)) {
      const list = servers.get(role);
      if (list) list.push(server);
      else servers.set(role, [server]);
    }
  }
  return [...servers].map(([role, list]) => ({ role, servers: list }));
}

/** How an attacker comes to a role: through code that works with it, best through one that the internet reaches. */
export function takeover(graph: ResourceGraph, workload: Workload): readonly NetworkHop[] {
  const open = workload.servers.find((server) =>
    waysTo(graph, server).some((way) => way.answer.is === 'yes'),
  );
  const server = open ?? workload.servers[0];
  if (!server) return [];
  return [
    at(
      server,
      text(
        `code on ${server.name} is taken over, or its credentials leak`,
        `${server.name}のコードが乗っ取られる、または認証情報が漏れる`,
      ),
    ),
  ];
}
