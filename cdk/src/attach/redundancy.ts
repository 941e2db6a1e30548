import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { cfnOf, isTrue, itemsOf, numberOf, read, referrersOf } from '../place.ts';
import { DATABASE_TYPES, takesSettingsFromElsewhere } from './databases.ts';

/** Types at which `RedundancySafeguard` attaches. */
export const REDUNDANCY_PLACES = [
  ...DATABASE_TYPES,
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::ECS::Service',
  'AWS::ElastiCache::ReplicationGroup',
] as const;

export interface RedundancySafeguardProps {
  /** A database, Auto Scaling group, ECS service or cache. */
  readonly place: IConstruct;
}

/**
 * Runs two of what must not fail, in two Availability Zones.
 *
 * - Stops: an outage when one server or zone fails.
 * - Attaches to: databases (a standby), Auto Scaling groups and ECS services (two at least), caches.
 * - Costs: the price of the second one: about $15 for a small server, as much again for a database.
 * - Limits: deleted data is deleted in both; a cluster needs a second member that you add.
 */
export class RedundancySafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: RedundancySafeguardProps) {
    super(scope, id);
    this.done = attach(cfnOf(props.place));
  }
}

function attach(place: CfnResource): Done {
  switch (place.cfnResourceType) {
    case 'AWS::AutoScaling::AutoScalingGroup':
      return atGroup(place);
    case 'AWS::ECS::Service':
      return atService(place);
    case 'AWS::ElastiCache::ReplicationGroup':
      if (isTrue(read(place, 'MultiAZEnabled'))) return alreadyOn('a replica in another zone takes over');
      set(place, 'AutomaticFailoverEnabled', true);
      set(place, 'MultiAZEnabled', true);
      return attached('a replica in another zone takes over');
    case 'AWS::RDS::DBCluster':
      return referrersOf(place, 'AWS::RDS::DBInstance').length >= 2 || read(place, 'DBClusterInstanceClass')
        ? alreadyOn('it has two members')
        : notAttached('it has one member: add a reader in another zone');
    default:
      return atDatabase(place);
  }
}

function atGroup(group: CfnResource): Done {
  if (itemsOf(read(group, 'VPCZoneIdentifier')).length === 1)
    return notAttached('it has a subnet in one zone only');
  const least = numberOf(read(group, 'MinSize'));
  if (least === undefined) return notAttached('its size is decided at deployment');
  if (least >= 2) return alreadyOn(`at least ${least} servers`);
  set(group, 'MinSize', '2');
  if ((numberOf(read(group, 'MaxSize')) ?? 0) < 2) set(group, 'MaxSize', '2');
  if ((numberOf(read(group, 'DesiredCapacity')) ?? 2) < 2) set(group, 'DesiredCapacity', '2');
  return attached('at least two servers');
}

function atService(service: CfnResource): Done {
  const count = read(service, 'DesiredCount');
  if (typeof count === 'object') return notAttached('its count is decided at deployment');
  if ((numberOf(count) ?? 1) >= 2) return alreadyOn(`${String(count)} tasks`);
  set(service, 'DesiredCount', 2);
  return attached('two tasks');
}

function atDatabase(database: CfnResource): Done {
  if (takesSettingsFromElsewhere(database)) return alreadyOn('as its cluster or source says');
  if (isTrue(read(database, 'MultiAZ'))) return alreadyOn('a standby in another zone');
  set(database, 'MultiAZ', true);
  return attached('a standby in another zone');
}
