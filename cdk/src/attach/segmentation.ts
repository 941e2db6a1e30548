import type { CfnResource } from 'aws-cdk-lib/core';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { cfnOf, logicalIdOf, read, referencesIn, resourcesOf } from '../place.ts';

/** Types at which `SegmentationSafeguard` attaches. */
export const SEGMENTATION_PLACES = [
  'AWS::RDS::DBInstance',
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
] as const;

export interface SegmentationSafeguardProps {
  /** A database, instance, Auto Scaling group or ECS service. */
  readonly place: IConstruct;
}

/**
 * Takes a database off the internet, and tells of servers in public subnets.
 *
 * - Stops: direct connections from the internet, even when a security group is opened by mistake.
 * - Attaches to: databases with a public address.
 * - Costs: nothing for databases; private servers need a NAT gateway (about $35) or endpoints.
 * - Limits: moving a server into a private subnet replaces it and is left to you (`WebApp` builds it so).
 */
export class SegmentationSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: SegmentationSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    this.done = place.cfnResourceType === 'AWS::RDS::DBInstance' ? atDatabase(place) : atServer(place);
  }
}

function atDatabase(database: CfnResource): Done {
  const open = read(database, 'PubliclyAccessible');
  if (open === false || open === 'false') return alreadyOn('it has no public address');
  if (open === undefined && read(database, 'DBClusterIdentifier')) return alreadyOn('as its cluster says');
  set(database, 'PubliclyAccessible', false);
  return attached('it has no public address');
}

function atServer(server: CfnResource): Done {
  const stack = Stack.of(server);
  const named = [
    ...referencesIn(read(server, 'SubnetId')),
    ...referencesIn(read(server, 'VPCZoneIdentifier')),
    ...referencesIn(read(server, 'NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets')),
  ];
  const subnets = resourcesOf(stack, 'AWS::EC2::Subnet').filter((each) => named.includes(logicalIdOf(each)));
  if (subnets.length === 0) return notAttached('its subnets are not of this stack');
  const open = subnets.find((subnet) => leadsToInternet(stack, subnet));
  return open
    ? notAttached(`it stands in the public subnet ${open.node.path}: move it into a private one`)
    : alreadyOn('its subnets have no way from the internet');
}

/** A subnet is public by a route of its table to an internet gateway, whatever it is called. */
function leadsToInternet(stack: Stack, subnet: CfnResource): boolean {
  const associations = resourcesOf(stack, 'AWS::EC2::SubnetRouteTableAssociation').filter((each) =>
    referencesIn(read(each, 'SubnetId')).includes(logicalIdOf(subnet)),
  );
  const tables = associations.flatMap((each) => referencesIn(read(each, 'RouteTableId')));
  return resourcesOf(stack, 'AWS::EC2::Route').some(
    (route) =>
      read(route, 'GatewayId') !== undefined &&
      read(route, 'DestinationCidrBlock') === '0.0.0.0/0' &&
      referencesIn(read(route, 'RouteTableId')).some((table) => tables.includes(table)),
  );
}
