import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

/** Where a group starts instances: its subnets, or its Availability Zones where none are named. */
export function zones(group: Resource): Value {
  const subnets = get(group.properties, 'VPCZoneIdentifier');
  return subnets.kind === 'absent' ? get(group.properties, 'AvailabilityZones') : subnets;
}
