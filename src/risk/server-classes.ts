import type { ResourceGraph } from '../environment/graph.ts';
import { placementOf, rulesOf, waysIn } from '../environment/reachability/index.ts';
import type { Resource } from '../model/resource.ts';

/** Servers that the network cannot tell apart: the same subnets, and the same rules for going out. */
export interface ServerClass {
  readonly id: string;
  readonly servers: readonly Resource[];
}

interface ClassIndex {
  readonly byVpc: ReadonlyMap<string, readonly ServerClass[]>;
  readonly byGroup: ReadonlyMap<string, readonly ServerClass[]>;
  /** Servers whose groups or subnets were not all read, each by itself. */
  readonly open: readonly ServerClass[];
}

/** The classes of the servers that the internet reaches, by network and by security group. */
export function serverClasses(graph: ResourceGraph): ClassIndex {
  return graph.memo(computeClasses);
}

/** The servers of the environment that some way from the internet leads to. */
export function publicServers(graph: ResourceGraph): readonly Resource[] {
  return graph.memo(computePublicServers);
}

function computePublicServers(graph: ResourceGraph): readonly Resource[] {
  return [...waysIn(graph).values()].flatMap(([way]) => way?.server ?? []);
}

function computeClasses(graph: ResourceGraph): ClassIndex {
  const byVpc = new Map<string, Resource[]>();
  const byGroup = new Map<string, Resource[]>();
  const open: ServerClass[] = [];
  for (const server of publicServers(graph)) {
    const placement = placementOf(graph, server);
    if (placement.openGroups.length + placement.openSubnets.length > 0 || placement.inDefaultVpc) {
      open.push({ id: server.id, servers: [server] });
      continue;
    }
    if (placement.vpc) push(byVpc, placement.vpc.id, server);
    for (const { resource } of placement.groups) push(byGroup, resource.id, server);
  }
  return { byVpc: classified(graph, byVpc), byGroup: classified(graph, byGroup), open };
}

function classified(
  graph: ResourceGraph,
  index: ReadonlyMap<string, readonly Resource[]>,
): ReadonlyMap<string, readonly ServerClass[]> {
  return new Map(
    [...index].map(([key, servers]) => [key, split(key, servers, (server) => networkKey(graph, server))]),
  );
}

/** Splits servers by a key; servers with the same one form a class. */
export function split(
  name: string,
  servers: readonly Resource[],
  keyOf: (server: Resource) => string,
): readonly ServerClass[] {
  const byKey = new Map<string, Resource[]>();
  for (const server of servers) push(byKey, keyOf(server), server);
  return [...byKey].map(([key, members]) => ({ id: `${name} ${key}`, servers: members }));
}

/** Subnets, and the groups with egress rules of their own. */
function networkKey(graph: ResourceGraph, server: Resource): string {
  const { subnets, groups } = placementOf(graph, server);
  const restricted = groups.filter(({ resource }) => rulesOf(graph, resource, 'egress').length > 0);
  return [
    ...subnets.map(({ resource }) => resource.id),
    '|',
    ...restricted.map(({ resource }) => resource.id),
  ].join(' ');
}

function push(index: Map<string, Resource[]>, key: string, value: Resource): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
