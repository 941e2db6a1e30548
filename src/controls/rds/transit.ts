import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, get, known, stringFrom, unknown, type Value } from '../../model/value.ts';

const GROUP = 'AWS::RDS::DBParameterGroup';

/** PostgreSQL demands TLS by itself from this version on (RDS guide, "Requiring an SSL connection"). */
const FIRST_DEMANDING = 15;

/**
 * The parameter by which an instance refuses plain connections: what its parameter group says, or what the
 * engine's own default group says where none is named.
 */
export function demandsTls(instance: Resource, graph: ResourceGraph, parameter: string): Value {
  const name = get(instance.properties, 'DBParameterGroupName');
  if (name.kind === 'absent') return byDefault(instance, parameter);
  const group = graph.target(name);
  if (group?.type !== GROUP) {
    return /^default[.:]/.test(stringFrom(name) ?? '')
      ? byDefault(instance, parameter)
      : unknown(parameter, 'import', name.span);
  }
  const stated = get(group.properties, 'Parameters', parameter);
  return stated.kind === 'absent' ? familyDefault(group, parameter) : stated;
}

function familyDefault(group: Resource, parameter: string): Value {
  const family = get(group.properties, 'Family');
  return fromVersion(/^postgres(\d+)/.exec(stringFrom(family) ?? '')?.[1], family, parameter);
}

function byDefault(instance: Resource, parameter: string): Value {
  const version = get(instance.properties, 'EngineVersion');
  return fromVersion(/^(\d+)/.exec(stringFrom(version) ?? '')?.[1], version, parameter);
}

/** Only PostgreSQL has a default that depends on the version; without one the newest may be meant. */
function fromVersion(version: string | undefined, at: Value, parameter: string): Value {
  if (parameter !== 'rds.force_ssl') return absent(at.span);
  if (version !== undefined) return known(Number(version) >= FIRST_DEMANDING ? 1 : 0, at.span);
  return unknown('EngineVersion', 'after-deployment', at.span);
}
