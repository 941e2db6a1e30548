import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, get, known, list, type Value } from '../../model/value.ts';

/**
 * Where the members of a cluster stand. A Multi-AZ DB cluster (one with an instance class) has members in
 * three zones by itself; Aurora places each further instance in another zone.
 */
export function memberZones(cluster: Resource, graph: ResourceGraph): Value {
  const { span } = cluster.properties;
  const instanceClass = get(cluster.properties, 'DBClusterInstanceClass');
  const three = list([known('a', span), known('b', span), known('c', span)], span);
  if (instanceClass.kind === 'oneOf') {
    const options = instanceClass.options.map((each) => (each.kind === 'absent' ? each : three));
    return { kind: 'oneOf', condition: instanceClass.condition, options, span };
  }
  if (instanceClass.kind !== 'absent') return three;
  const members = graph.referrersOfType(cluster, 'AWS::RDS::DBInstance');
  if (members.length === 0) return absent(span);
  return list(
    members.map((member) => known(member.name, member.span)),
    span,
  );
}
