import { absent, known, type Value } from '../../../model/value.ts';
import type { TerraformResource } from '../terraform-resource.ts';
import { applyFields, blockItems, type Fields, renamed, written } from '../translate/fields.ts';
import { PropertyBuilder } from '../translate/property-builder.ts';
import type { DerivedResource } from '../translate/type-mapping.ts';
import { toItself } from './derived-policies.ts';

/** CloudFormation attaches an internet gateway to its VPC with a resource of its own. */
export function deriveGatewayAttachment(resource: TerraformResource): readonly DerivedResource[] {
  const vpc = written(resource.attributes.get('vpc_id'));
  if (!vpc) return [];
  const properties = new Map<string, Value>([
    ['VpcId', vpc],
    ['InternetGatewayId', toItself(resource)],
  ]);
  return [{ suffix: 'attachment', type: 'AWS::EC2::VPCGatewayAttachment', properties, span: vpc.span }];
}

const ROUTE: Fields = {
  cidr_block: 'DestinationCidrBlock',
  ipv6_cidr_block: 'DestinationIpv6CidrBlock',
  destination_prefix_list_id: 'DestinationPrefixListId',
  gateway_id: 'GatewayId',
  nat_gateway_id: 'NatGatewayId',
  egress_only_gateway_id: 'EgressOnlyInternetGatewayId',
  transit_gateway_id: 'TransitGatewayId',
  vpc_peering_connection_id: 'VpcPeeringConnectionId',
  vpc_endpoint_id: 'VpcEndpointId',
  network_interface_id: 'NetworkInterfaceId',
};

/** The routes that are written inside a route table. */
export function deriveRoutes(resource: TerraformResource): readonly DerivedResource[] {
  return parts(resource, 'route', 'AWS::EC2::Route', ROUTE, [['RouteTableId', toItself(resource)]]);
}

/** An association with a gateway instead of a subnet is an edge association. */
export function internetGatewayEdges(resource: TerraformResource): readonly DerivedResource[] {
  const gateway = written(resource.attributes.get('gateway_id'));
  if (!gateway) return [];
  const table = written(resource.attributes.get('route_table_id')) ?? absent(resource.span);
  const properties = new Map<string, Value>([
    ['GatewayId', gateway],
    ['RouteTableId', table],
  ]);
  return [
    { suffix: 'edge', type: 'AWS::EC2::GatewayRouteTableAssociation', properties, span: resource.span },
  ];
}

const ACL_ENTRY: Fields = {
  rule_no: 'RuleNumber',
  action: 'RuleAction',
  protocol: renamed('Protocol', { all: -1, tcp: 6, udp: 17, icmp: 1 }),
  cidr_block: 'CidrBlock',
  ipv6_cidr_block: 'Ipv6CidrBlock',
  from_port: 'PortRange.From',
  to_port: 'PortRange.To',
};

/** The entries and subnet associations that are written inside a network ACL. */
export function deriveAclParts(resource: TerraformResource): readonly DerivedResource[] {
  const itself = toItself(resource);
  const entries = (['ingress', 'egress'] as const).flatMap((direction) =>
    parts(resource, direction, 'AWS::EC2::NetworkAclEntry', ACL_ENTRY, [
      ['NetworkAclId', itself],
      ['Egress', known(direction === 'egress', resource.span)],
    ]),
  );
  const subnets = written(resource.attributes.get('subnet_ids'));
  const listed = subnets?.kind === 'list' ? subnets.items : subnets ? [subnets] : [];
  const associations = listed.map((subnet, index): DerivedResource => {
    const properties = new Map<string, Value>([
      ['NetworkAclId', itself],
      ['SubnetId', subnet],
    ]);
    return {
      suffix: `subnet[${index}]`,
      type: 'AWS::EC2::SubnetNetworkAclAssociation',
      properties,
      span: subnet.span,
    };
  });
  return [...entries, ...associations];
}

/** Nested blocks as resources of their own. */
function parts(
  resource: TerraformResource,
  argument: string,
  type: string,
  fields: Fields,
  fixed: readonly (readonly [string, Value])[],
): readonly DerivedResource[] {
  return blockItems(resource.attributes.get(argument)).flatMap((item, index) => {
    const block = item.kind === 'oneOf' ? item.options.find((option) => option.kind === 'map') : item;
    if (block?.kind !== 'map') return [];
    const builder = new PropertyBuilder();
    for (const [name, value] of fixed) builder.set(name, value);
    applyFields(fields, block.entries, builder);
    return [
      {
        suffix: `${argument}[${index}]`,
        type,
        properties: builder.entries(block.span),
        span: block.span,
        ...(item.kind === 'oneOf' ? { maybe: item } : {}),
      },
    ];
  });
}
