import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

/** Where a distribution logs to: its own setting, or the CloudWatch delivery source that names it. */
export function logging(distribution: Resource, graph: ResourceGraph): Value {
  const own = get(distribution.properties, 'DistributionConfig', 'Logging');
  if (own.kind !== 'absent') return own;
  const source = graph
    .referrersOfType(distribution, 'AWS::Logs::DeliverySource')
    .find(
      (each) => each.exists.is === 'yes' && graph.referrersOfType(each, 'AWS::Logs::Delivery').length > 0,
    );
  return source ? source.properties : own;
}
