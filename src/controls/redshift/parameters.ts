import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, get, stringFrom, unknown, type Value } from '../../model/value.ts';
import { entryNamed } from '../entries.ts';

/** The parameter `require_ssl` of a cluster's parameter group; the default groups leave it off. */
export function requireSsl(cluster: Resource, graph: ResourceGraph): Value {
  const name = get(cluster.properties, 'ClusterParameterGroupName');
  if (name.kind === 'absent' || stringFrom(name)?.startsWith('default.')) return absent(name.span);
  const group = graph.target(name);
  return group?.type === 'AWS::Redshift::ClusterParameterGroup'
    ? entryNamed(get(group.properties, 'Parameters'), 'require_ssl', 'ParameterName', 'ParameterValue')
    : unknown('require_ssl', 'import', name.span);
}
