import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { type AddressRange, parseCidr } from './address-ranges.ts';
import { databasePort } from './databases.ts';
import { property } from './lookup.ts';
import { aclHop, aclPasses } from './network-acls.ts';
import { type Placement, placementOf } from './placement.ts';
import { privateRoutes } from './routes.ts';
import { groupHop, type Opening, openings, opens, type Peer } from './security-groups.ts';
import { hop, type InternetReach, type NetworkHop } from './types.ts';

/**
 * Whether one resource reaches another inside the network, on a port (default: the target's own). Routes
 * within a VPC are always there; peerings and transit gateways are not followed and leave it undecided.
 */
export function reach(graph: ResourceGraph, from: Resource, to: Resource, port?: number): InternetReach {
  const wanted = port ?? databasePort(graph, to);
  const near = placementOf(graph, from);
  const far = placementOf(graph, to);
  const together = sameNetwork(graph, near, far, { from, to });
  if (together.answer.is === 'no') return blocked(together.hop);
  const doors = openDoors(graph, { from, to, near, far, port: wanted });
  const [door] = doors;
  if (!door) return blocked(closed(to, wanted));
  const borders = crossings(graph, near, far, wanted ?? door.ports.from);
  const leaving = leaves(graph, near, peerOf(far), wanted ?? door.ports.from);
  const answer = all([together.answer, any(doors.map((each) => each.answer)), borders.answer, leaving]);
  const stop = borders.hops.at(-1);
  if (answer.is === 'no')
    return blocked(borders.answer.is === 'no' && stop ? stop : outgoingClosed(from, wanted));
  const best = doors.find((each) => each.answer.is === 'yes') ?? door;
  const reached = wanted ?? best.ports.from;
  const hops = [...borders.hops, ...(best.hop ? [best.hop] : [])];
  return { answer, paths: [{ hops, answer, port: reached, protocol: 'tcp' }] };
}

function blocked(by: NetworkHop): InternetReach {
  return { answer: NO, paths: [], blockedBy: by };
}

interface Pair {
  readonly from: Resource;
  readonly to: Resource;
  readonly near: Placement;
  readonly far: Placement;
  readonly port: number | undefined;
}

function sameNetwork(
  graph: ResourceGraph,
  near: Placement,
  far: Placement,
  pair: { readonly from: Resource; readonly to: Resource },
): { readonly answer: Answer; readonly hop: NetworkHop } {
  const apart = hop(
    pair.to.id,
    text(
      `${pair.from.name} and ${pair.to.name} stand in different networks`,
      `${pair.from.name}と${pair.to.name}は別のネットワークにある`,
    ),
    pair.to,
  );
  if (near.inDefaultVpc && far.inDefaultVpc) return { answer: YES, hop: apart };
  if (near.vpc && near.vpc === far.vpc) return { answer: YES, hop: apart };
  const open = [...near.openSubnets, ...far.openSubnets, ...openVpcs(near), ...openVpcs(far)];
  if (open.length > 0) return { answer: undecided(...open), hop: apart };
  const bridges = near.subnets.flatMap(({ resource }) => privateRoutes(graph, resource));
  return { answer: bridges.length > 0 && far.vpc ? undecided(...bridges) : NO, hop: apart };
}

/** Subnets that were read but whose VPC was not. */
function openVpcs(placement: Placement): readonly Value[] {
  if (placement.vpc) return [];
  return placement.subnets.map(({ resource }) => property(resource, 'VpcId'));
}

interface Door {
  readonly answer: Answer;
  readonly ports: Opening['ports'];
  readonly hop?: NetworkHop;
}

function openDoors(graph: ResourceGraph, pair: Pair): readonly Door[] {
  const { near, far, port } = pair;
  const peer = peerOf(near);
  const groups = far.groups.map(({ resource }) => resource);
  const written = openings(graph, groups, 'ingress', peer)
    .filter((opening) => port === undefined || opens(opening, port))
    .map((opening) => ({ answer: opening.answer, ports: opening.ports, hop: groupHop(opening) }));
  if (far.openGroups.length === 0 && (groups.length > 0 || !far.inDefaultVpc)) return written;
  const open = far.openGroups.length > 0 ? far.openGroups : [pair.to.properties];
  return [...written, { answer: undecided(...open), ports: { from: port ?? 0, to: port ?? 65_535 } }];
}

/** Who a resource is to the security groups of others. */
export function peerOf(placement: Placement): Extract<Peer, { kind: 'inside' }> {
  const ranges: AddressRange[] = [];
  const openRanges: Value[] = [...placement.openSubnets];
  for (const { resource } of placement.subnets) {
    const cidr = property(resource, 'CidrBlock');
    const range = parseCidr(stringFrom(cidr) ?? '') ?? wholeVpc(placement);
    if (range) ranges.push(range);
    else openRanges.push(cidr);
  }
  const known = placement.subnets.length > 0 && openRanges.length === 0;
  return {
    kind: 'inside',
    groups: new Set(placement.groups.map(({ resource }) => resource.id)),
    openGroups: placement.openGroups,
    ...(known ? { ranges } : {}),
    openRanges,
  };
}

/** A subnet's undecided range lies somewhere in its VPC's. */
function wholeVpc(placement: Placement): AddressRange | undefined {
  return placement.vpc ? parseCidr(stringFrom(property(placement.vpc, 'CidrBlock')) ?? '') : undefined;
}

function leaves(graph: ResourceGraph, near: Placement, peer: Peer, port: number): Answer {
  const groups = near.groups.map(({ resource }) => resource);
  if (groups.length === 0) return near.openGroups.length > 0 ? undecided(...near.openGroups) : YES;
  const written = openings(graph, groups, 'egress', peer).filter((opening) => opens(opening, port));
  const open = near.openGroups.length > 0 ? [undecided(...near.openGroups)] : [];
  return any([...written.map((opening) => opening.answer), ...open]);
}

interface Borders {
  readonly answer: Answer;
  readonly hops: readonly NetworkHop[];
}

/** Network ACLs between the subnets of both; traffic within one subnet meets none. */
function crossings(graph: ResourceGraph, near: Placement, far: Placement, port: number): Borders {
  const pairs = near.subnets.flatMap(({ resource: from }) =>
    far.subnets.map(({ resource: to }) => ({ from, to })),
  );
  if (pairs.length === 0) return { answer: YES, hops: [] };
  const ways = pairs.slice(0, MOST_SUBNET_PAIRS).map(({ from, to }) => {
    if (from === to) return { answer: YES, hops: [] };
    const out = aclPasses(graph, from, { ...rangeOf(to), version: 4, protocol: 'tcp', port, towards: 'out' });
    const into = aclPasses(graph, to, { ...rangeOf(from), version: 4, protocol: 'tcp', port, towards: 'in' });
    const hops = [aclHop(graph, from, out), aclHop(graph, to, into)].filter((each) => each !== undefined);
    return { answer: all([out, into]), hops };
  });
  return (
    ways.find((way) => way.answer.is === 'yes') ??
    ways.find((way) => way.answer.is === 'unknown') ??
    first(ways)
  );
}

const MOST_SUBNET_PAIRS = 64;

function first(ways: readonly Borders[]): Borders {
  return ways[0] ?? { answer: YES, hops: [] };
}

function rangeOf(subnet: Resource): { readonly peer: readonly AddressRange[] | 'internet' } {
  const range = parseCidr(stringFrom(property(subnet, 'CidrBlock')) ?? '');
  return { peer: range ? [range] : 'internet' };
}

function closed(to: Resource, port: number | undefined): NetworkHop {
  const shown = port === undefined ? '' : ` ${port}`;
  return hop(
    to.id,
    text(
      `no security group rule of ${to.name} lets it in${shown && ` on port${shown}`}`,
      `${to.name}のセキュリティグループに通すルールがない${shown && `(ポート${shown})`}`,
    ),
    to,
  );
}

function outgoingClosed(from: Resource, port: number | undefined): NetworkHop {
  const shown = port === undefined ? '' : ` ${port}`;
  return hop(
    from.id,
    text(
      `the egress rules of ${from.name} do not let it out${shown && ` on port${shown}`}`,
      `${from.name}の送信ルールが通さない${shown && `(ポート${shown})`}`,
    ),
    from,
  );
}
