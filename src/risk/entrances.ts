import type { InternetReach } from '../environment/reachability/index.ts';
import type { Resource } from '../model/resource.ts';
import type { Guard } from '../model/risk.ts';
import { topologyGuard } from './paths.ts';
import { guardKey } from './score.ts';

/**
 * The network doors that stand open on direct ways from the internet: the security group of each way (or
 * the resource itself), to be closed. Their state is what reachability found, not a safeguard's report.
 */
export function entranceGuards(target: Resource, reach: InternetReach, facet?: string): readonly Guard[] {
  const guards = reach.paths.map((path) => {
    const last = path.hops.at(-1)?.resource ?? target.id;
    return topologyGuard('network-least-privilege', last, path.answer, facet === undefined ? {} : { facet });
  });
  return [...new Map(guards.map((guard) => [guardKey(guard), guard])).values()];
}
