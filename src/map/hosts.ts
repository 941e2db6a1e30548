import type { ResourceGraph } from '../environment/graph.ts';
import type { Resource } from '../model/resource.ts';
import { roleOf } from './roles.ts';

/** Parts whose owner refers to them, rather than they to their owner. */
const OWNED_BY_REFERRER = new Set([
  'AWS::EC2::LaunchTemplate',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::EC2::NetworkInterface',
  'AWS::RDS::DBSubnetGroup',
  'AWS::RDS::DBParameterGroup',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::OptionGroup',
  'AWS::ElastiCache::SubnetGroup',
  'AWS::ElastiCache::ParameterGroup',
  'AWS::ECS::TaskDefinition',
]);

const DEEPEST = 6;

/**
 * The resource in whose box something is shown: itself when it has a box, else the resource that it is
 * a part of (a listener's load balancer, a parameter group's database); undefined when there is none.
 */
export function hostOf(graph: ResourceGraph, resource: Resource): Resource | undefined {
  let at: Resource | undefined = resource;
  for (let depth = 0; at && depth < DEEPEST; depth += 1) {
    if (!isPart(at)) return at.external ? undefined : at;
    at = ownerOf(graph, at);
  }
  return undefined;
}

function isPart(resource: Resource): boolean {
  return roleOf(resource.type) === 'part';
}

function ownerOf(graph: ResourceGraph, part: Resource): Resource | undefined {
  const referrers = graph.referrers(part).map(({ resource }) => resource);
  const referred = graph.references(part).flatMap(({ to }) => graph.get(to) ?? []);
  const candidates = OWNED_BY_REFERRER.has(part.type)
    ? referrers
    : referred.length > 0
      ? referred
      : referrers;
  return (
    candidates.find((each) => !isPart(each) && !each.external) ?? candidates.find((each) => !each.external)
  );
}
