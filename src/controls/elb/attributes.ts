import { text } from '../../kernel/texts.ts';
import { isOneOf, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { entryNamed } from '../entries.ts';
import type { Condition } from '../property.ts';

/** Reads one of the `LoadBalancerAttributes`. */
export function attribute(name: string): (resource: Resource) => Value {
  return (resource) => entryNamed(get(resource.properties, 'LoadBalancerAttributes'), name);
}

/** Only application load balancers; one without `Type` is one. */
export const APPLICATION: Condition = {
  holds: (resource) => isOneOf(get(resource.properties, 'Type'), ['application'], YES),
  otherwise: text('not an application load balancer', 'Application Load Balancer ではありません'),
};

/** Where a load balancer stands: its subnets, subnet mappings or (classic only) zones. */
export function zones(resource: Resource): Value {
  const { properties } = resource;
  const subnets = get(properties, 'Subnets');
  if (subnets.kind !== 'absent') return subnets;
  const mappings = get(properties, 'SubnetMappings');
  return mappings.kind === 'absent' ? get(properties, 'AvailabilityZones') : mappings;
}
