import { text } from '../../kernel/texts.ts';
import { type Answer, all, NO, not, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, referencesIn, stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { type AddressRange, admitsInternet, parseCidr, subtract } from './address-ranges.ts';
import { property, resolve } from './lookup.ts';
import { placementOf, vpcOfPart } from './placement.ts';
import { attachedVpcs, routesOf, routeTableOf, type WrittenRoute } from './route-tables.ts';
import { hop, type NetworkHop } from './types.ts';
import { publicAccessBlocked, publicAccessBlockHop } from './vpc-block.ts';

/** The way between a subnet and the internet. */
export interface InternetRoute {
  readonly answer: Answer;
  /** The gateways that are passed, or the one thing that leads nowhere. */
  readonly hops: readonly NetworkHop[];
}

/** Whether addresses of the internet reach a subnet and back through an internet gateway. */
export function internetRoute(graph: ResourceGraph, subnet: Resource, version: 4 | 6): InternetRoute {
  const cache = graph.memo(routeCache);
  const key = `${version} ${subnet.id}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const route = computeRoute(graph, subnet, version, new Set());
  cache.set(key, route);
  return route;
}

function routeCache(_: ResourceGraph): Map<string, InternetRoute> {
  return new Map();
}

function computeRoute(
  graph: ResourceGraph,
  subnet: Resource,
  version: 4 | 6,
  passed: Set<string>,
): InternetRoute {
  passed.add(subnet.id);
  const table = routeTableOf(graph, subnet);
  const vpc = vpcOfPart(graph, subnet);
  if (!table) return withoutTable(subnet, vpc);
  const routes = routesOf(graph, table).filter(({ at }) => isOfVersion(at, version));
  const attempts = routes
    .map((route) => followRoute(graph, { subnet, table, vpc, version, passed }, route, routes))
    .filter((attempt) => attempt !== undefined);
  const best =
    attempts.find((each) => each.answer.is === 'yes') ??
    attempts.find((each) => each.answer.is === 'unknown');
  return best ?? attempts[0] ?? { answer: NO, hops: [noGateway(table)] };
}

function withoutTable(subnet: Resource, vpc: Resource | undefined): InternetRoute {
  if (vpc) {
    const what = text(
      `${subnet.name} uses the main route table of ${vpc.name}, which leads nowhere outside`,
      `${subnet.name}は${vpc.name}のメインルートテーブルを使い、外へのルートがない`,
    );
    return { answer: NO, hops: [hop(subnet.id, what, subnet)] };
  }
  const what = text(
    `the routes of ${subnet.name} were not read`,
    `${subnet.name}のルートが読み込まれていない`,
  );
  return { answer: undecided(property(subnet, 'VpcId')), hops: [hop(subnet.id, what, subnet)] };
}

function noGateway(table: Resource): NetworkHop {
  const what = text(
    `${table.name} has no route to an internet gateway`,
    `${table.name}にインターネットゲートウェイへのルートがない`,
  );
  return hop(table.id, what, table);
}

function isOfVersion(route: Value, version: 4 | 6): boolean {
  const other = get(route, version === 4 ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock');
  return other.kind === 'absent';
}

interface RouteContext {
  readonly subnet: Resource;
  readonly table: Resource;
  readonly vpc: Resource | undefined;
  readonly version: 4 | 6;
  readonly passed: Set<string>;
}

/** Where a route leads, or undefined where it is not about the internet at all. */
function followRoute(
  graph: ResourceGraph,
  context: RouteContext,
  route: WrittenRoute,
  siblings: readonly WrittenRoute[],
): InternetRoute | undefined {
  const concerns = concernsInternet(route.at, siblings, context.version);
  if (concerns.is === 'no') return undefined;
  const target = routeTarget(route.at);
  const led = leadsOut(graph, context, target);
  return { answer: all([concerns, route.exists, led.answer]), hops: led.hops };
}

/** Longest prefix wins: what more specific routes take away no longer follows this one. */
function concernsInternet(route: Value, routes: readonly WrittenRoute[], version: 4 | 6): Answer {
  const destination = destinationOf(route, version);
  if (destination.kind !== 'range') return destination.kind === 'none' ? NO : undecided(destination.value);
  const narrower = routes.flatMap(({ at }) => {
    const other = destinationOf(at, version);
    return other.kind === 'range' && size(other.range) < size(destination.range) ? [other.range] : [];
  });
  return admitsInternet(narrower.reduce(subtract, [destination.range])) ? YES : NO;
}

function size(range: AddressRange): bigint {
  return range.end - range.start;
}

type Destination =
  | { readonly kind: 'range'; readonly range: AddressRange }
  | { readonly kind: 'open'; readonly value: Value }
  | { readonly kind: 'none' };

function destinationOf(route: Value, version: 4 | 6): Destination {
  const value = get(route, version === 4 ? 'DestinationCidrBlock' : 'DestinationIpv6CidrBlock');
  if (value.kind === 'absent') {
    const list = get(route, 'DestinationPrefixListId');
    return list.kind === 'absent' ? { kind: 'none' } : { kind: 'open', value: list };
  }
  const written = stringFrom(value);
  const range = written === undefined ? undefined : parseCidr(written);
  return range ? { kind: 'range', range } : { kind: 'open', value };
}

interface RouteTarget {
  readonly name: string;
  readonly value: Value;
}

const TARGETS = [
  'GatewayId',
  'VpcEndpointId',
  'EgressOnlyInternetGatewayId',
  'NatGatewayId',
  'InstanceId',
  'NetworkInterfaceId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
];

function routeTarget(route: Value): RouteTarget {
  for (const name of TARGETS) {
    const value = get(route, name);
    if (value.kind !== 'absent') return { name, value };
  }
  return { name: 'none', value: route };
}

function leadsOut(graph: ResourceGraph, context: RouteContext, target: RouteTarget): InternetRoute {
  if (target.name === 'GatewayId') return throughGateway(graph, context, target.value);
  if (target.name === 'VpcEndpointId') return throughEndpoint(graph, context, target.value);
  if (target.name in ONE_WAY) {
    return { answer: NO, hops: [oneWay(context.table, target)] };
  }
  const what = text(
    `${context.table.name} sends internet traffic to ${target.name}, which is not followed further`,
    `${context.table.name}はインターネット宛てを${target.name}へ送る(その先は追跡していない)`,
  );
  return { answer: undecided(target.value), hops: [hop(context.table.id, what, target.value)] };
}

/** Targets that let connections out but none in. */
const ONE_WAY: Readonly<Record<string, { en: string; ja: string }>> = {
  NatGatewayId: { en: 'a NAT gateway', ja: 'NATゲートウェイ' },
  EgressOnlyInternetGatewayId: {
    en: 'an egress-only internet gateway',
    ja: 'Egress-Onlyインターネットゲートウェイ',
  },
};

function oneWay(table: Resource, target: RouteTarget): NetworkHop {
  const shown = ONE_WAY[target.name] ?? { en: target.name, ja: target.name };
  const what = text(
    `${table.name} leads out through ${shown.en}, which lets no connection in`,
    `${table.name}の出口は${shown.ja}で、外からの接続は入れない`,
  );
  return hop(table.id, what, target.value);
}

function throughGateway(graph: ResourceGraph, context: RouteContext, value: Value): InternetRoute {
  const gateway = graph.target(value);
  const written = stringFrom(value);
  const isInternet = gateway?.type === 'AWS::EC2::InternetGateway' || written?.startsWith('igw-') === true;
  if (isInternet) return throughInternetGateway(graph, context, value, gateway);
  const known = (gateway && !gateway.external) || (written !== undefined && /^(vgw-|local$)/.test(written));
  if (known) return { answer: NO, hops: [noGateway(context.table)] };
  const what = text(
    `${context.table.name} sends internet traffic to a gateway that was not read`,
    `${context.table.name}はインターネット宛てを、読み込まれていないゲートウェイへ送る`,
  );
  return { answer: undecided(value), hops: [hop(context.table.id, what, value)] };
}

function throughInternetGateway(
  graph: ResourceGraph,
  context: RouteContext,
  value: Value,
  gateway: Resource | undefined,
): InternetRoute {
  const { subnet, table, vpc } = context;
  const blocked = publicAccessBlocked(graph, subnet, vpc);
  if (blocked.is === 'yes') return { answer: NO, hops: [publicAccessBlockHop(graph, subnet)] };
  const what = text(
    `${table.name} routes ${context.version === 4 ? '0.0.0.0/0' : '::/0'} to the internet gateway`,
    `${table.name}が${context.version === 4 ? '0.0.0.0/0' : '::/0'}をインターネットゲートウェイへ送る`,
  );
  const hops = [hop(gateway?.id ?? table.id, what, value)];
  if (!gateway) return { answer: not(blocked), hops };
  const attached = attachedVpcs(graph, gateway);
  if (!attached) return { answer: undecided(value), hops };
  const here = vpc === undefined || attached.includes(vpc);
  return { answer: here ? all([gateway.exists, not(blocked)]) : NO, hops };
}

/** A firewall's or appliance's endpoint: the path goes on from the subnet in which the endpoint stands. */
function throughEndpoint(graph: ResourceGraph, context: RouteContext, value: Value): InternetRoute {
  const owner = referencesIn(value)
    .map((reference) => graph.get(reference.resource))
    .find(
      (each) => each?.type === 'AWS::NetworkFirewall::Firewall' || each?.type === 'AWS::EC2::VPCEndpoint',
    );
  const subnets = owner ? endpointSubnets(graph, owner) : [];
  const onward = subnets
    .filter((subnet) => !context.passed.has(subnet.id))
    .map((subnet) => computeRoute(graph, subnet, context.version, context.passed));
  const way = onward.find((each) => each.answer.is === 'yes') ?? onward[0];
  if (!owner || !way) {
    const what = text(
      `${context.table.name} sends internet traffic to an endpoint that was not read`,
      `${context.table.name}はインターネット宛てを、読み込まれていないエンドポイントへ送る`,
    );
    return { answer: undecided(value), hops: [hop(context.table.id, what, value)] };
  }
  const what = text(
    `${context.table.name} leads through ${owner.name}`,
    `${context.table.name}のルートは${owner.name}を通る`,
  );
  return { answer: way.answer, hops: [...way.hops, hop(owner.id, what, value)] };
}

function endpointSubnets(graph: ResourceGraph, owner: Resource): readonly Resource[] {
  if (owner.type === 'AWS::NetworkFirewall::Firewall') {
    return placementOf(graph, owner).subnets.map(({ resource }) => resource);
  }
  return resolve(graph, property(owner, 'SubnetIds')).found.map(({ resource }) => resource);
}

/** Whether a subnet is public: a route of its table leads to an internet gateway (IPv4 or IPv6). */
export function isPublicSubnet(graph: ResourceGraph, subnet: Resource): Answer {
  const four = internetRoute(graph, subnet, 4).answer;
  return four.is === 'no' ? internetRoute(graph, subnet, 6).answer : four;
}

/** Whether a route of the subnet's table leads to a peering, transit gateway or other private network. */
export function privateRoutes(graph: ResourceGraph, subnet: Resource): readonly Value[] {
  const table = routeTableOf(graph, subnet);
  if (!table) return [];
  return routesOf(graph, table).flatMap(({ at }) =>
    ['VpcPeeringConnectionId', 'TransitGatewayId', 'CoreNetworkArn'].flatMap((name) => {
      const value = get(at, name);
      return value.kind === 'absent' ? [] : [value];
    }),
  );
}
