import { all } from '../../../model/answer.ts';
import { referenceFrom, type Value } from '../../../model/value.ts';
import { referenceTo } from '../evaluate/values.ts';
import type { Draft } from './draft.ts';
import { PropertyBuilder } from './property-builder.ts';

/** The type under which Terraform's choice of a main route table stays in the graph. */
export const MAIN_TABLE_TYPE = 'Terraform::MainRouteTableAssociation';

/** Something that holds for all subnets of a VPC which have nothing of their own. */
interface ForTheRest {
  readonly vpc: string;
  /** What the subnets are associated with. */
  readonly target: Value;
  readonly by: Draft;
}

/**
 * Terraform can change the main route table and the default network ACL of a VPC; CloudFormation cannot,
 * and has associations only. What holds for the subnets without an association of their own is therefore
 * said as one association each.
 */
export function associationsByDefault(drafts: readonly Draft[]): readonly Draft[] {
  const subnets = drafts.filter(({ type }) => type === 'AWS::EC2::Subnet');
  return [
    ...associated(
      subnets,
      drafts,
      mainTables(drafts),
      'AWS::EC2::SubnetRouteTableAssociation',
      'RouteTableId',
    ),
    ...associated(
      subnets,
      drafts,
      defaultAcls(drafts),
      'AWS::EC2::SubnetNetworkAclAssociation',
      'NetworkAclId',
    ),
  ];
}

function associated(
  subnets: readonly Draft[],
  drafts: readonly Draft[],
  defaults: readonly ForTheRest[],
  type: string,
  property: string,
): readonly Draft[] {
  if (defaults.length === 0) return [];
  const own = new Set(
    drafts.filter((draft) => draft.type === type).map((draft) => targetOf(draft, 'SubnetId')),
  );
  return defaults.flatMap(({ vpc, target, by }) =>
    subnets
      .filter((subnet) => targetOf(subnet, 'VpcId') === vpc && !own.has(subnet.id))
      .map((subnet) => association(subnet, by, type, property, target)),
  );
}

function association(subnet: Draft, by: Draft, type: string, property: string, target: Value): Draft {
  const builder = new PropertyBuilder();
  const { address, span } = by.source;
  builder.set('SubnetId', referenceTo(subnet.source.address, subnet.id, 'Ref', span));
  builder.set(property, target);
  return {
    ...by,
    id: `${by.id}#${subnet.source.address}`,
    type,
    builder,
    attributes: new Map(),
    exists: all([by.exists, subnet.exists]),
    source: { ...by.source, address: `${address}#${subnet.source.address}` },
  };
}

function mainTables(drafts: readonly Draft[]): readonly ForTheRest[] {
  return drafts.flatMap((draft): readonly ForTheRest[] => {
    if (draft.type === MAIN_TABLE_TYPE) {
      const vpc = targetOf(draft, 'VpcId');
      const target = draft.builder.get('RouteTableId');
      return vpc && target ? [{ vpc, target, by: draft }] : [];
    }
    return draft.type === 'AWS::EC2::RouteTable' ? adopted(draft, 'DefaultRouteTableId') : [];
  });
}

function defaultAcls(drafts: readonly Draft[]): readonly ForTheRest[] {
  return drafts
    .filter(({ type }) => type === 'AWS::EC2::NetworkAcl')
    .flatMap((draft) => adopted(draft, 'DefaultNetworkAclId'));
}

/** `aws_default_…` takes over what the VPC was made with and names it by the VPC's attribute. */
function adopted(draft: Draft, property: string): readonly ForTheRest[] {
  const vpc = targetOf(draft, property);
  const { address, span } = draft.source;
  return vpc ? [{ vpc, target: referenceTo(address, draft.id, 'Ref', span), by: draft }] : [];
}

function targetOf(draft: Draft, property: string): string | undefined {
  const value = draft.builder.get(property);
  return value && referenceFrom(value)?.resource;
}

/**
 * Routes that are put straight into the main route table of a VPC (`aws_vpc.x.main_route_table_id`): the
 * table gets a resource of its own, so that they are not lost.
 */
export function mainTablesOfRoutes(drafts: readonly Draft[]): readonly Draft[] {
  const vpcs = new Map(
    drafts.filter(({ type }) => type === 'AWS::EC2::VPC').map((draft) => [draft.id, draft]),
  );
  const tables = new Map<string, Draft>();
  for (const route of drafts.filter(({ type }) => type === 'AWS::EC2::Route')) {
    const vpc = vpcs.get(targetOf(route, 'RouteTableId') ?? '');
    if (!vpc) continue;
    const table = tables.get(vpc.id) ?? mainTableOf(vpc);
    tables.set(vpc.id, table);
    route.builder.set('RouteTableId', referenceTo(table.source.address, table.id, 'Ref', route.source.span));
  }
  return [...tables.values()];
}

function mainTableOf(vpc: Draft): Draft {
  const builder = new PropertyBuilder();
  const { span } = vpc.source;
  const address = `${vpc.source.address}#main-route-table`;
  const itself = referenceTo(vpc.source.address, vpc.id, 'Ref', span);
  builder.set('VpcId', itself);
  builder.set('DefaultRouteTableId', itself);
  return {
    ...vpc,
    id: `${vpc.id}#main-route-table`,
    type: 'AWS::EC2::RouteTable',
    builder,
    attributes: new Map(),
    source: { ...vpc.source, address },
  };
}
