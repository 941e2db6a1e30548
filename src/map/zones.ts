import type { Resource } from '../model/resource.ts';
import { get, stringFrom, type Value } from '../model/value.ts';

/**
 * The availability zone of a subnet as a key that sorts: the zone's name where it is known, else the
 * position in the list of zones, else the expression that decides it.
 */
export function zoneKey(subnet: Resource): string {
  const value = get(subnet.properties, 'AvailabilityZone');
  const known = stringFrom(value) ?? stringFrom(get(subnet.properties, 'AvailabilityZoneId'));
  if (known !== undefined) return known;
  if (value.kind === 'absent') return '';
  return zoneIndex(value) ?? expressionOf(value);
}

/** The position in a list of zones, as a template or a Terraform expression writes it. */
const INDEX = /\[(\d+)\]$/;

function zoneIndex(value: Value): string | undefined {
  if (value.kind !== 'unknown' || value.parts?.length !== 1) return undefined;
  const part = value.parts[0];
  if (typeof part !== 'object' || part.type !== 'zone') return undefined;
  const index = INDEX.exec(part.expression)?.[1] ?? INDEX.exec(value.expression)?.[1];
  return index === undefined ? part.expression : `#${index}`;
}

function expressionOf(value: Value): string {
  return value.kind === 'unknown' ? value.expression : value.kind === 'oneOf' ? value.condition : '';
}
