import type { ResourceGraph } from '../environment/graph.ts';
import {
  DATABASE_TYPES,
  type InternetReach,
  placementOf,
  reach,
  rulesOf,
  waysTo,
} from '../environment/reachability/index.ts';
import type { Resource } from '../model/resource.ts';
import { get } from '../model/value.ts';
import { type ServerClass, serverClasses, split } from './server-classes.ts';

/** Servers that the internet reaches and that all reach a database in turn, in the same way. */
export interface Approach {
  readonly class: ServerClass;
  /** One of them, for which `inner` is told. */
  readonly server: Resource;
  readonly inner: InternetReach;
}

/** The servers that the internet reaches and that reach a database over the network. */
export function approachesTo(graph: ResourceGraph, database: Resource): readonly Approach[] {
  const cache = graph.memo(approachCache);
  const cached = cache.get(database.id);
  if (cached) return cached;
  const approaches = candidates(graph, database).flatMap((each) => {
    const [server] = each.servers;
    if (!server) return [];
    const inner = reach(graph, server, database);
    return inner.answer.is === 'no' ? [] : [{ class: each, server, inner }];
  });
  cache.set(database.id, approaches);
  return approaches;
}

function approachCache(_: ResourceGraph): Map<string, readonly Approach[]> {
  return new Map();
}

/** Classes that may reach a database: those of the groups that its rules name, else all of its network. */
function candidates(graph: ResourceGraph, database: Resource): readonly ServerClass[] {
  const classes = serverClasses(graph);
  const placement = placementOf(graph, database);
  const named = new Set<string>();
  let wholeNetwork = placement.openGroups.length > 0 || placement.groups.length === 0;
  for (const { resource: group } of placement.groups) {
    if (group.type === 'AWS::EC2::VPC') named.add(group.id);
    for (const rule of rulesOf(graph, group, 'ingress')) {
      const source = graph.target(get(rule.at, 'SourceSecurityGroupId'));
      if (source && !source.external) named.add(source.id);
      else wholeNetwork = true;
    }
  }
  const byGroup = [...named].flatMap((group) => classes.byGroup.get(group) ?? []);
  if (!wholeNetwork || !placement.vpc) return [...classes.open, ...byGroup];
  const all = classes.byVpc.get(placement.vpc.id) ?? [];
  if (named.size === 0) return [...classes.open, ...all];
  const membership = (server: Resource) =>
    placementOf(graph, server)
      .groups.map(({ resource }) => resource.id)
      .filter((id) => named.has(id))
      .join(' ');
  return [...classes.open, ...all.flatMap((each) => split(each.id, each.servers, membership))];
}

/** Most databases that are told of one server; more of them would not change what is at stake. */
const MOST_DATABASES = 20;

/** The databases that a server reaches over the network (of very many the first ones). */
export function databasesBehind(graph: ResourceGraph, server: Resource): readonly Resource[] {
  return [...(graph.memo(indexDatabases).get(server.id) ?? [])];
}

function indexDatabases(graph: ResourceGraph): ReadonlyMap<string, ReadonlySet<Resource>> {
  const index = new Map<string, Set<Resource>>();
  const full = new Set<string>();
  for (const database of byImportance(graph)) {
    for (const { class: reached } of approachesTo(graph, database)) {
      if (full.has(reached.id)) continue;
      const sizes = reached.servers.map((server) => remember(index, server.id, database));
      if (sizes.every((size) => size >= MOST_DATABASES)) full.add(reached.id);
    }
  }
  return index;
}

function remember(index: Map<string, Set<Resource>>, key: string, database: Resource): number {
  const set = index.get(key) ?? new Set();
  if (set.size < MOST_DATABASES) set.add(database);
  index.set(key, set);
  return set.size;
}

/** Databases whose importance people declared come first: they decide what is at stake. */
function byImportance(graph: ResourceGraph): readonly Resource[] {
  const declared = new Set(graph.facts.declaration.assets.map((asset) => asset.resource));
  const weight = (database: Resource) => Number(declared.has(database.id) || declared.has(database.name));
  return graph.ofType(...DATABASE_TYPES).toSorted((a, b) => weight(b) - weight(a));
}

interface Through {
  /** Fronts and servers on the way, from the edge inwards. */
  readonly stops: readonly Resource[];
  readonly sure: boolean;
}

/** The servers through which the internet comes to a database or server, with the fronts before them. */
export function serversTo(graph: ResourceGraph, asset: Resource, most: number): readonly Through[] {
  const found = new Map<string, Through>();
  for (const way of waysThrough(graph, asset)) {
    const key = way.stops.map(({ id }) => id).join(' ');
    if (!found.get(key)?.sure) found.set(key, way);
    if (found.size >= most) break;
  }
  return [...found.values()];
}

function* waysThrough(graph: ResourceGraph, asset: Resource): Generator<Through> {
  for (const way of waysTo(graph, asset)) {
    if (way.fronts.length === 0) continue;
    yield { stops: way.fronts, sure: way.answer.is === 'yes' };
  }
  if (!(DATABASE_TYPES as readonly string[]).includes(asset.type)) return;
  for (const { class: reached, inner } of approachesTo(graph, asset)) {
    for (const server of reached.servers) {
      for (const way of waysTo(graph, server)) {
        yield {
          stops: [...way.fronts, server],
          sure: way.answer.is === 'yes' && inner.answer.is === 'yes',
        };
      }
    }
  }
}
