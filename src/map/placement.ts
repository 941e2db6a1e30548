import type { ResourceGraph } from '../environment/graph.ts';
import { isDeclared, isRead } from '../environment/graph.ts';
import { isPublicSubnet, subnetsOf } from '../environment/reachability/index.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import { get } from '../model/value.ts';
import { roleOf } from './roles.ts';
import { zoneKey } from './zones.ts';

export type Tier = 'public' | 'private' | 'undecided';

/** A subnet with what stands only in it. */
export interface PlacedSubnet {
  readonly subnet: Resource;
  readonly tier: Tier;
  /** Index into the zones of its VPC. */
  readonly zone: number;
  readonly residents: readonly Resource[];
  /** What spans several subnets and may stand in this one too. */
  readonly ghosts: readonly Resource[];
}

/** What spans several subnets: a load balancer, an Auto Scaling group, a database with its subnet group. */
export interface PlacedBand {
  readonly resource: Resource;
  readonly tier: Tier;
  readonly zones: readonly number[];
}

export interface PlacedVpc {
  /** Undefined for the account's default VPC, which no template declares. */
  readonly vpc: Resource | undefined;
  readonly gateways: readonly Resource[];
  readonly network: readonly Resource[];
  /** Keys of the availability zones, in order. */
  readonly zones: readonly string[];
  readonly subnets: readonly PlacedSubnet[];
  readonly bands: readonly PlacedBand[];
  /** In this VPC, but in no subnet that was read. */
  readonly loose: readonly Resource[];
}

/** A resource that has no box of its own, and why. */
export interface OffMap {
  readonly resource: string;
  readonly reason: Text;
}

/** Each declared resource exactly once: in a box, or with the reason why it has none. */
export interface EnvironmentPlacement {
  readonly edge: readonly Resource[];
  readonly vpcs: readonly PlacedVpc[];
  readonly regional: readonly Resource[];
  readonly account: readonly Resource[];
  readonly offMap: readonly OffMap[];
}

/** Decides where every resource of an environment stands on the map; by references and routes, never by names. */
export function placeEnvironment(graph: ResourceGraph): EnvironmentPlacement {
  const drafts = new Map<string, VpcDraft>();
  for (const vpc of graph.ofType('AWS::EC2::VPC')) drafts.set(vpc.id, draftOf(vpc));
  const placed = { edge: [], regional: [], account: [], offMap: [] } as Lists;
  const resources = graph.resources.filter(isRead);
  for (const resource of resources) {
    if (roleOf(resource.type) === 'subnet') vpcOf(graph, drafts, resource).subnets.push(resource);
  }
  for (const resource of resources) placeOne(graph, drafts, placed, resource);
  return { ...placed, vpcs: [...drafts.values()].map((draft) => finish(graph, draft)) };
}

interface Lists {
  readonly edge: Resource[];
  readonly regional: Resource[];
  readonly account: Resource[];
  readonly offMap: OffMap[];
}

interface VpcDraft {
  readonly vpc: Resource | undefined;
  readonly gateways: Resource[];
  readonly network: Resource[];
  readonly subnets: Resource[];
  /** What stands in subnets, with the subnets of this VPC that it names. */
  readonly standing: { readonly resource: Resource; readonly subnets: readonly Resource[] }[];
  readonly loose: Resource[];
}

/** The key of the VPC that nobody declares. */
const DEFAULT_VPC = '';

function draftOf(vpc: Resource | undefined): VpcDraft {
  return { vpc, gateways: [], network: [], subnets: [], standing: [], loose: [] };
}

function draftFor(drafts: Map<string, VpcDraft>, id: string): VpcDraft {
  const known = drafts.get(id);
  if (known) return known;
  const made = draftOf(undefined);
  drafts.set(DEFAULT_VPC, made);
  return made;
}

/** The VPC that a part of a network names, or the undeclared one. */
function vpcOf(graph: ResourceGraph, drafts: Map<string, VpcDraft>, part: Resource): VpcDraft {
  return draftFor(drafts, graph.target(get(part.properties, 'VpcId'))?.id ?? DEFAULT_VPC);
}

function placeOne(
  graph: ResourceGraph,
  drafts: Map<string, VpcDraft>,
  lists: Lists,
  resource: Resource,
): void {
  switch (roleOf(resource.type)) {
    case 'vpc':
    case 'subnet':
      return;
    case 'gateway':
      placeGateway(graph, drafts, lists, resource);
      return;
    case 'network':
      placeNetwork(graph, drafts, lists, resource);
      return;
    case 'edge':
      lists.edge.push(resource);
      return;
    case 'account':
      lists.account.push(resource);
      return;
    case 'part':
      lists.offMap.push({
        resource: resource.id,
        reason: text('a part of another resource', '別のリソースの一部'),
      });
      return;
    case 'machinery':
      lists.offMap.push({
        resource: resource.id,
        reason: text('made for the deployment only', 'デプロイのためだけのもの'),
      });
      return;
    default:
      placeStanding(graph, drafts, lists, resource);
  }
}

function placeGateway(
  graph: ResourceGraph,
  drafts: Map<string, VpcDraft>,
  lists: Lists,
  gateway: Resource,
): void {
  const attachments = graph.referrersOfType(gateway, 'AWS::EC2::VPCGatewayAttachment');
  const candidates = [gateway, ...attachments].flatMap(
    (each) => graph.target(get(each.properties, 'VpcId'))?.id ?? [],
  );
  const draft = candidates.flatMap((id) => drafts.get(id) ?? [])[0];
  if (draft) draft.gateways.push(gateway);
  else lists.regional.push(gateway);
}

/** Rules stand with the VPC that they name; a flow log names it by `ResourceId`, and may name a subnet. */
function placeNetwork(
  graph: ResourceGraph,
  drafts: Map<string, VpcDraft>,
  lists: Lists,
  resource: Resource,
): void {
  const named =
    graph.target(get(resource.properties, 'VpcId')) ?? graph.target(get(resource.properties, 'ResourceId'));
  const vpc = named?.type === 'AWS::EC2::Subnet' ? graph.target(get(named.properties, 'VpcId')) : named;
  const draft = vpc ? drafts.get(vpc.id) : undefined;
  if (draft) draft.network.push(resource);
  else if (resource.type === 'AWS::EC2::SecurityGroup' || resource.type === 'AWS::EC2::NetworkAcl') {
    draftFor(drafts, DEFAULT_VPC).network.push(resource);
  } else lists.regional.push(resource);
}

function placeStanding(
  graph: ResourceGraph,
  drafts: Map<string, VpcDraft>,
  lists: Lists,
  resource: Resource,
): void {
  const subnets = standsIn(graph, resource);
  const [first] = subnets;
  if (first) {
    const draft = vpcOf(graph, drafts, first);
    draft.standing.push({ resource, subnets: subnets.filter((each) => draft.subnets.includes(each)) });
  } else if (NEEDS_A_VPC.has(resource.type)) {
    vpcOf(graph, drafts, resource).loose.push(resource);
  } else lists.regional.push(resource);
}

/** What always stands in some VPC, named or not. */
const NEEDS_A_VPC = new Set([
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::CacheCluster',
  'AWS::Redshift::Cluster',
]);

/** The subnets in which a resource stands: as the network says, else those that its own properties name. */
function standsIn(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  const known = subnetsOf(graph, resource);
  const named =
    known.length > 0 ? known : graph.references(resource).flatMap(({ to }) => graph.get(to) ?? []);
  return [...new Set(named)].filter((each) => each.type === 'AWS::EC2::Subnet' && isDeclared(each));
}

function finish(graph: ResourceGraph, draft: VpcDraft): PlacedVpc {
  const zones = [...new Set(draft.subnets.map(zoneKey))].sort();
  const tierOf = new Map(draft.subnets.map((subnet) => [subnet, tier(graph, subnet)]));
  const bands = draft.standing.filter(({ subnets }) => subnets.length > 1);
  return {
    vpc: draft.vpc,
    gateways: draft.gateways,
    network: draft.network,
    zones,
    subnets: draft.subnets.map((subnet) => ({
      subnet,
      tier: tierOf.get(subnet) ?? 'undecided',
      zone: zones.indexOf(zoneKey(subnet)),
      residents: draft.standing
        .filter(({ subnets }) => subnets.length === 1 && subnets[0] === subnet)
        .map(({ resource }) => resource),
      ghosts: bands.filter(({ subnets }) => subnets.includes(subnet)).map(({ resource }) => resource),
    })),
    bands: bands.map(({ resource, subnets }) => ({
      resource,
      tier: bandTier(subnets.map((subnet) => tierOf.get(subnet) ?? 'undecided')),
      zones: [...new Set(subnets.map((subnet) => zones.indexOf(zoneKey(subnet))))].sort((a, b) => a - b),
    })),
    loose: [
      ...draft.loose,
      ...draft.standing.filter(({ subnets }) => subnets.length === 0).map((s) => s.resource),
    ],
  };
}

function tier(graph: ResourceGraph, subnet: Resource): Tier {
  const { is } = isPublicSubnet(graph, subnet);
  return is === 'yes' ? 'public' : is === 'no' ? 'private' : 'undecided';
}

/** A band that reaches into a public subnet counts as public. */
function bandTier(tiers: readonly Tier[]): Tier {
  return (['public', 'undecided', 'private'] as const).find((each) => tiers.includes(each)) ?? 'undecided';
}
