import type { Answer } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { itemsOf, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { add, property, referred, resolve } from './lookup.ts';
import { vpcOfPart } from './placement.ts';

interface RouteIndex {
  /** Route tables by the subnet that is associated with them. */
  readonly tables: Map<string, Resource>;
  /** The main table of a VPC, where it is declared as such (Terraform). */
  readonly mainTables: Map<string, Resource>;
  readonly routes: Map<string, WrittenRoute[]>;
  /** VPCs by the gateway that is attached to them. */
  readonly attachments: Map<string, Resource[]>;
}

function indexRoutes(graph: ResourceGraph): RouteIndex {
  const index: RouteIndex = {
    tables: new Map(),
    mainTables: new Map(),
    routes: new Map(),
    attachments: new Map(),
  };
  for (const association of graph.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
    const table = referred(graph, property(association, 'RouteTableId'), 'AWS::EC2::RouteTable');
    if (!table) continue;
    for (const { resource } of resolve(graph, property(association, 'SubnetId')).found) {
      index.tables.set(resource.id, table);
    }
    const vpc = referred(graph, property(association, 'VpcId'), 'AWS::EC2::VPC');
    if (vpc) index.mainTables.set(vpc.id, table);
  }
  for (const route of graph.ofType('AWS::EC2::Route')) {
    const table = referred(graph, property(route, 'RouteTableId'), 'AWS::EC2::RouteTable', 'AWS::EC2::VPC');
    if (table) add(index.routes, table.id, { at: route.properties, exists: route.exists });
  }
  for (const table of graph.ofType('AWS::EC2::RouteTable')) {
    for (const at of itemsOf(property(table, 'Routes')))
      add(index.routes, table.id, { at, exists: table.exists });
  }
  for (const attachment of graph.ofType('AWS::EC2::VPCGatewayAttachment')) {
    const vpc = referred(graph, property(attachment, 'VpcId'), 'AWS::EC2::VPC');
    const gateway = referred(graph, property(attachment, 'InternetGatewayId'), 'AWS::EC2::InternetGateway');
    if (vpc && gateway) add(index.attachments, gateway.id, vpc);
  }
  for (const gateway of graph.ofType('AWS::EC2::InternetGateway')) {
    const vpc = vpcOfPart(graph, gateway);
    if (vpc) add(index.attachments, gateway.id, vpc);
  }
  return index;
}

/**
 * The route table that a subnet uses: the associated one, else the VPC's main table where it is declared.
 * Undefined for the main table that EC2 makes by itself (it holds the local route only).
 */
export function routeTableOf(graph: ResourceGraph, subnet: Resource): Resource | undefined {
  const index = graph.memo(indexRoutes);
  const vpc = vpcOfPart(graph, subnet);
  return index.tables.get(subnet.id) ?? (vpc ? index.mainTables.get(vpc.id) : undefined);
}

/** A route of a table, inline or declared apart. */
export interface WrittenRoute {
  readonly at: Value;
  readonly exists: Answer;
}

/** The routes of a table. */
export function routesOf(graph: ResourceGraph, table: Resource): readonly WrittenRoute[] {
  return graph.memo(indexRoutes).routes.get(table.id) ?? [];
}

/** The VPCs to which an internet gateway is attached; undefined where no attachment was read. */
export function attachedVpcs(graph: ResourceGraph, gateway: Resource): readonly Resource[] | undefined {
  return graph.memo(indexRoutes).attachments.get(gateway.id);
}
