import type { ResourceGraph } from '../../environment/graph.ts';
import { type Answer, all, isOneOf } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';

export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/** The listeners of a load balancer. */
export function listenersOf(loadBalancer: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.referrersOfType(loadBalancer, LISTENER);
}

/** Whether a listener speaks one of the protocols. */
export function speaks(listener: Resource, ...protocols: readonly string[]): Answer {
  return isOneOf(get(listener.properties, 'Protocol'), protocols);
}

/** Whether an action sends the client to HTTPS for good. */
export function redirectsToHttps(action: Value): Answer {
  return all([
    isOneOf(get(action, 'Type'), ['redirect']),
    isOneOf(get(action, 'RedirectConfig', 'Protocol'), ['HTTPS']),
  ]);
}

/**
 * Policies of application and network load balancers that refuse everything before TLS 1.2 (Elastic Load
 * Balancing guide, "Security policies"): the 2021 and later policies of TLS 1.3 and 1.2, and FS 1.2.
 */
export function isModernPolicy(name: string): boolean {
  return /^ELBSecurityPolicy-TLS13-1-[23]-/.test(name) || /^ELBSecurityPolicy-(TLS-1-2|FS-1-2)/.test(name);
}
