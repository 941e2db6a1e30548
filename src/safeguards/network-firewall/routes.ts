import type { ResourceGraph } from '../../environment/graph.ts';
import { isPublicSubnet, routeTableOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, referenceFrom, showValue, stringFrom, type Value } from '../../model/value.ts';
import { off, on, partial, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';

/** How a subnet's traffic to the internet goes. */
interface Way {
  readonly subnet: Resource;
  readonly kind: 'through' | 'around' | 'open';
  /** For `through`: which endpoint of the firewall, symbolically. */
  readonly endpoint?: string;
}

/**
 * Whether the traffic of a VPC goes through a firewall both ways: default routes of the subnets lead to an
 * endpoint, and the internet gateway's own route table leads back to each subnet by the same endpoint.
 */
export function routesPresence(graph: ResourceGraph, vpc: Resource, firewall: Resource): Presence {
  const ways = waysOf(graph, vpc, firewall);
  const through = ways.filter((way) => way.kind === 'through');
  const around = ways.filter((way) => way.kind === 'around');
  const [open] = ways.filter((way) => way.kind === 'open');
  if (through.length === 0) {
    return open
      ? unsure(text('where its subnets route to is not decided', 'サブネットの経路が未確定です'), [
          open.subnet.properties,
        ])
      : off(
          text('deployed, but no route leads through it', '配置されていますが、どの経路も通りません'),
          firewall.properties,
        );
  }
  if (around.length > 0) {
    return partial(
      text(`${names(around)} goes around it`, `${names(around)}の通信は通りません`),
      firewall.properties,
    );
  }
  const oneWay = through.filter((way) => !comesBack(graph, vpc, firewall, way));
  if (oneWay.length > 0) {
    return partial(
      text(
        `answers to ${names(oneWay)} do not come back through the same endpoint`,
        `${names(oneWay)}への戻りの通信が同じエンドポイントを通りません`,
      ),
      firewall.properties,
    );
  }
  return on(text('traffic goes through it both ways', '通信は往復ともファイアウォールを通ります'));
}

function names(ways: readonly Way[]): string {
  return ways.map(({ subnet }) => subnet.name).join(', ');
}

function waysOf(graph: ResourceGraph, vpc: Resource, firewall: Resource): readonly Way[] {
  const own = new Set(
    itemsOf(property(firewall, 'SubnetMappings')).flatMap(
      (each) => graph.target(get(each, 'SubnetId'))?.id ?? [],
    ),
  );
  return graph.referrersOfType(vpc, 'AWS::EC2::Subnet').flatMap((subnet): readonly Way[] => {
    if (own.has(subnet.id)) return [];
    const table = routeTableOf(graph, subnet);
    if (!table) return [];
    const byDefault = routesOf(graph, table).find(
      (route) => stringFrom(get(route, 'DestinationCidrBlock')) === '0.0.0.0/0',
    );
    if (!byDefault) return [];
    const endpoint = endpointOf(get(byDefault, 'VpcEndpointId'), firewall);
    if (endpoint) return [{ subnet, kind: 'through', endpoint }];
    const isPublic = isPublicSubnet(graph, subnet);
    if (isPublic.is === 'no') return [];
    return [{ subnet, kind: isPublic.is === 'yes' ? 'around' : 'open' }];
  });
}

function routesOf(graph: ResourceGraph, table: Resource): readonly Value[] {
  return [
    ...graph.referrersOfType(table, 'AWS::EC2::Route').map((route) => route.properties),
    ...itemsOf(property(table, 'Routes')),
  ];
}

/** Which endpoint of a firewall a route names: its ids are known after deployment only, so the expression counts. */
function endpointOf(value: Value, firewall: Resource): string | undefined {
  if (value.kind !== 'unknown') return undefined;
  for (const part of value.parts ?? []) {
    if (typeof part === 'object' && part.resource === firewall.id) return part.expression;
  }
  return undefined;
}

function comesBack(graph: ResourceGraph, vpc: Resource, firewall: Resource, way: Way): boolean {
  const cidr = property(way.subnet, 'CidrBlock');
  return edgeTables(graph, vpc).some((table) =>
    routesOf(graph, table).some(
      (route) =>
        isCidrOf(get(route, 'DestinationCidrBlock'), way.subnet, cidr) &&
        endpointOf(get(route, 'VpcEndpointId'), firewall) === way.endpoint,
    ),
  );
}

function isCidrOf(destination: Value, subnet: Resource, cidr: Value): boolean {
  if (referenceFrom(destination)?.resource === subnet.id) return true;
  return cidr.kind !== 'absent' && showValue(destination) === showValue(cidr);
}

/** The route tables of the VPC's gateways ("Route tables for gateways"). */
function edgeTables(graph: ResourceGraph, vpc: Resource): readonly Resource[] {
  return graph.ofType('AWS::EC2::GatewayRouteTableAssociation').flatMap((association) => {
    const table = graph.target(property(association, 'RouteTableId'));
    return table && graph.target(property(table, 'VpcId'))?.id === vpc.id ? [table] : [];
  });
}
