import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { launchInterfaces, launchIsKnown, launchValue } from './launch.ts';
import { type Listed, property, type Resolved, referred, resolve } from './lookup.ts';

/** Where a resource stands in the network, as far as it was read. */
export interface Placement {
  readonly subnets: readonly Listed[];
  /** Values that name subnets which were not read. */
  readonly openSubnets: readonly Value[];
  /** Security groups; a VPC in this list stands for its default group. */
  readonly groups: readonly Listed[];
  readonly openGroups: readonly Value[];
  readonly vpc?: Resource;
  /** It names no subnet, so that AWS puts it into the account's default VPC. */
  readonly inDefaultVpc: boolean;
}

interface PlacementRow {
  readonly subnets: readonly (readonly string[])[];
  readonly groups: readonly (readonly string[])[];
  /** The property that names a subnet group, whose `SubnetIds` count. */
  readonly subnetGroup?: string;
  /** Without subnets it stands in the default VPC (else in no VPC at all). */
  readonly defaultVpc?: boolean;
}

const ROWS: Readonly<Record<string, PlacementRow>> = {
  'AWS::EC2::NetworkInterface': { subnets: [['SubnetId']], groups: [['GroupSet']] },
  'AWS::AutoScaling::AutoScalingGroup': { subnets: [['VPCZoneIdentifier']], groups: [], defaultVpc: true },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    subnets: [['Subnets'], ['SubnetMappings', '*', 'SubnetId']],
    groups: [['SecurityGroups']],
  },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    subnets: [['Subnets']],
    groups: [['SecurityGroups']],
    defaultVpc: true,
  },
  'AWS::RDS::DBInstance': {
    subnets: [],
    groups: [['VPCSecurityGroups']],
    subnetGroup: 'DBSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::RDS::DBCluster': {
    subnets: [],
    groups: [['VpcSecurityGroupIds']],
    subnetGroup: 'DBSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::DocDB::DBCluster': {
    subnets: [],
    groups: [['VpcSecurityGroupIds']],
    subnetGroup: 'DBSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::Neptune::DBCluster': {
    subnets: [],
    groups: [['VpcSecurityGroupIds']],
    subnetGroup: 'DBSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::ElastiCache::ReplicationGroup': {
    subnets: [],
    groups: [['SecurityGroupIds']],
    subnetGroup: 'CacheSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::ElastiCache::CacheCluster': {
    subnets: [],
    groups: [['VpcSecurityGroupIds']],
    subnetGroup: 'CacheSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::Redshift::Cluster': {
    subnets: [],
    groups: [['VpcSecurityGroupIds']],
    subnetGroup: 'ClusterSubnetGroupName',
    defaultVpc: true,
  },
  'AWS::OpenSearchService::Domain': {
    subnets: [['VPCOptions', 'SubnetIds']],
    groups: [['VPCOptions', 'SecurityGroupIds']],
  },
  'AWS::Elasticsearch::Domain': {
    subnets: [['VPCOptions', 'SubnetIds']],
    groups: [['VPCOptions', 'SecurityGroupIds']],
  },
  'AWS::Lambda::Function': {
    subnets: [['VpcConfig', 'SubnetIds']],
    groups: [['VpcConfig', 'SecurityGroupIds']],
  },
  'AWS::ECS::Service': {
    subnets: [['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets']],
    groups: [['NetworkConfiguration', 'AwsvpcConfiguration', 'SecurityGroups']],
  },
  'AWS::EKS::Cluster': {
    subnets: [['ResourcesVpcConfig', 'SubnetIds']],
    groups: [['ResourcesVpcConfig', 'SecurityGroupIds']],
  },
  'AWS::EFS::MountTarget': { subnets: [['SubnetId']], groups: [['SecurityGroups']] },
  'AWS::EC2::NatGateway': { subnets: [['SubnetId']], groups: [] },
  'AWS::NetworkFirewall::Firewall': { subnets: [['SubnetMappings', '*', 'SubnetId']], groups: [] },
};

const SUBNET_GROUPS = [
  'AWS::RDS::DBSubnetGroup',
  'AWS::DocDB::DBSubnetGroup',
  'AWS::Neptune::DBSubnetGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::Redshift::ClusterSubnetGroup',
];

const CLUSTERS = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** The placement of a resource, computed once per graph. */
export function placementOf(graph: ResourceGraph, resource: Resource): Placement {
  const cache = graph.memo(placementCache);
  const cached = cache.get(resource.id);
  if (cached) return cached;
  const placement = computePlacement(graph, resource);
  cache.set(resource.id, placement);
  return placement;
}

function placementCache(_: ResourceGraph): Map<string, Placement> {
  return new Map();
}

/** Types that have a place in a network. */
export function hasPlacement(type: string): boolean {
  return type === 'AWS::EC2::Instance' || type in ROWS;
}

function computePlacement(graph: ResourceGraph, resource: Resource): Placement {
  const cluster = referred(graph, property(resource, 'DBClusterIdentifier'), ...CLUSTERS);
  const subnets = subnetsFrom(graph, cluster ?? resource);
  const named = groupsFrom(graph, cluster ?? resource);
  const row = ROWS[(cluster ?? resource).type];
  const mayDefault = resource.type === 'AWS::EC2::Instance' || row?.defaultVpc === true;
  const inDefaultVpc = mayDefault && subnets.found.length === 0 && subnets.open.length === 0;
  const vpc = vpcFrom(graph, subnets, named);
  const unnamed = named.found.length === 0 && named.open.length === 0;
  const groups = unnamed && vpc ? { found: [defaultGroup(vpc, resource)], open: [] } : named;
  return {
    subnets: subnets.found,
    openSubnets: subnets.open,
    groups: groups.found,
    openGroups: groups.open,
    ...(vpc ? { vpc } : {}),
    inDefaultVpc,
  };
}

/** A resource that names no group has its VPC's default one. */
function defaultGroup(vpc: Resource, resource: Resource): Listed {
  return { resource: vpc, sure: resource.exists, at: resource.properties };
}

function subnetsFrom(graph: ResourceGraph, resource: Resource): Resolved {
  if (resource.type === 'AWS::EC2::Instance') {
    const values = [
      property(resource, 'SubnetId'),
      ...launchInterfaces(graph, resource).map((each) => get(each, 'SubnetId')),
      ...attachedInterfaces(graph, resource).map((each) => property(each, 'SubnetId')),
    ];
    return together(
      graph,
      values,
      launchIsKnown(graph, resource) ? [] : [property(resource, 'LaunchTemplate')],
    );
  }
  const row = ROWS[resource.type];
  if (!row) return { found: [], open: [] };
  if (standsOnInstances(resource)) return { found: [], open: [resource.properties] };
  const values = row.subnets.flatMap((path) => valuesAt(resource.properties, path));
  if (row.subnetGroup === undefined) return together(graph, values, []);
  const name = property(resource, row.subnetGroup);
  const group = referred(graph, name, ...SUBNET_GROUPS);
  if (group) return together(graph, [property(group, 'SubnetIds')], []);
  return { found: [], open: name.kind === 'absent' ? [] : [name] };
}

function groupsFrom(graph: ResourceGraph, resource: Resource): Resolved {
  if (resource.type === 'AWS::EC2::Instance' || resource.type === 'AWS::AutoScaling::AutoScalingGroup') {
    const values = [
      launchValue(graph, resource, 'SecurityGroupIds'),
      launchValue(graph, resource, 'SecurityGroups'),
      ...launchInterfaces(graph, resource).flatMap((each) => [get(each, 'GroupSet'), get(each, 'Groups')]),
      ...attachedInterfaces(graph, resource).map((each) => property(each, 'GroupSet')),
    ];
    return together(graph, values, launchIsKnown(graph, resource) ? [] : [launchReference(resource)]);
  }
  const row = ROWS[resource.type];
  if (standsOnInstances(resource)) return { found: [], open: [resource.properties] };
  return row
    ? together(
        graph,
        row.groups.flatMap((path) => valuesAt(resource.properties, path)),
        [],
      )
    : { found: [], open: [] };
}

/** A service without network interfaces of its own runs in the network of container instances. */
function standsOnInstances(resource: Resource): boolean {
  return (
    resource.type === 'AWS::ECS::Service' && property(resource, 'NetworkConfiguration').kind === 'absent'
  );
}

function launchReference(resource: Resource): Value {
  const value = property(resource, 'LaunchTemplate');
  return value.kind === 'absent' ? resource.properties : value;
}

/** Network interfaces declared apart and attached to an instance by its property or by an attachment. */
function attachedInterfaces(graph: ResourceGraph, instance: Resource): readonly Resource[] {
  const named = launchInterfaces(graph, instance).flatMap(
    (each) => referred(graph, get(each, 'NetworkInterfaceId'), 'AWS::EC2::NetworkInterface') ?? [],
  );
  const attached = graph
    .referrersOfType(instance, 'AWS::EC2::NetworkInterfaceAttachment')
    .flatMap(
      (each) => referred(graph, property(each, 'NetworkInterfaceId'), 'AWS::EC2::NetworkInterface') ?? [],
    );
  return [...named, ...attached];
}

function together(graph: ResourceGraph, values: readonly Value[], open: readonly Value[]): Resolved {
  const parts = values.map((value) => resolve(graph, value));
  return {
    found: parts.flatMap((part) => part.found),
    open: [...parts.flatMap((part) => part.open), ...open],
  };
}

/** The values at a path in which `*` stands for every item of a list. */
function valuesAt(value: Value, path: readonly string[]): readonly Value[] {
  const star = path.indexOf('*');
  if (star < 0) return [get(value, ...path)];
  const list = get(value, ...path.slice(0, star));
  if (list.kind === 'unknown') return [list];
  return itemsOf(list).flatMap((item) => valuesAt(item, path.slice(star + 1)));
}

function vpcFrom(graph: ResourceGraph, subnets: Resolved, groups: Resolved): Resource | undefined {
  for (const { resource } of [...subnets.found, ...groups.found]) {
    const vpc = resource.type === 'AWS::EC2::VPC' ? resource : vpcOfPart(graph, resource);
    if (vpc) return vpc;
  }
  return undefined;
}

/** The VPC in which a subnet, security group or route table lies, where it was read. */
export function vpcOfPart(graph: ResourceGraph, part: Resource): Resource | undefined {
  return referred(graph, property(part, 'VpcId'), 'AWS::EC2::VPC');
}

/** The subnets in which a resource stands (those that were read). */
export function subnetsOf(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  return unique(placementOf(graph, resource).subnets);
}

/** The security groups of a resource (those that were read); a VPC stands for its default group. */
export function securityGroupsOf(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  return unique(placementOf(graph, resource).groups);
}

function unique(listed: readonly Listed[]): readonly Resource[] {
  return [...new Set(listed.map(({ resource }) => resource))];
}
