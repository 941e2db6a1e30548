import {
  asksForHeader,
  distributionsBefore,
  listenersOf,
  reachFromInternet,
} from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { entranceGuards } from '../entrances.ts';
import { serversBehind } from '../fronts.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** The load balancer behind a distribution answers strangers itself, so that what filters there is passed by. */
export const definition = riskRule({
  id: 'waf-bypass',
  number: 8,
  title: text('CloudFront and its WAF bypassed', 'CloudFrontとWAFの迂回'),
  factor: 'vulnerability',
  find: (context) =>
    context.graph
      .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer')
      .flatMap((loadBalancer) => candidateFor(context, loadBalancer)),
});

/** Whether some listener forwards requests that lack the header which a distribution adds. */
function forwardsStrangers(context: RiskContext, loadBalancer: Resource): boolean {
  return listenersOf(context.graph, loadBalancer).some((listener) =>
    listener.actions.some(
      (action) => (action.kind === 'forward' || action.kind === undefined) && !asksForHeader(action),
    ),
  );
}

function candidateFor(context: RiskContext, loadBalancer: Resource): readonly Candidate[] {
  const [distribution] = distributionsBefore(context.graph, loadBalancer);
  if (!distribution || !forwardsStrangers(context, loadBalancer)) return [];
  const reach = reachFromInternet(context.graph, loadBalancer);
  const bypass = at(
    loadBalancer,
    text(`requests arrive beside ${distribution.name}`, `リクエストが${distribution.name}を通らずに届く`),
  );
  const guards = entranceGuards(loadBalancer, reach, 'exposure');
  const own = context.guard('waf', loadBalancer, 'hinder', 'common');
  const paths = reach.paths.map((path) =>
    attackPath([...path.hops, bypass], [...guards, ...own], path.answer),
  );
  return [
    {
      resources: [loadBalancer.id],
      statement: {
        cause: text(
          `${loadBalancer.name} is open to everybody although ${distribution.name} stands before it`,
          `${distribution.name}の背後にある${loadBalancer.name}が誰にでも開いている`,
        ),
        event: text(
          'an attacker finds its address and sends requests past the filter',
          '攻撃者がアドレスを突き止め、フィルターを迂回してリクエストを送る',
        ),
        effect: text(
          'the WAF, rate limits and geographic rules of the distribution do not count',
          'ディストリビューションのWAF・レート制限・地域制限が効かない',
        ),
      },
      reaches: serversBehind(context.graph, loadBalancer),
      threat: threat(3),
      paths,
      avoid: {
        guards:
          guards.length > 0
            ? guards
            : [topologyGuard('network-least-privilege', loadBalancer.id, reach.answer)],
        reason: text(
          'admit only CloudFront (its managed prefix list, or a VPC origin): the way beside it disappears',
          'CloudFrontのマネージドプレフィックスリスト(またはVPCオリジン)からの接続だけを許可すれば、迂回路がなくなる',
        ),
      },
    },
  ];
}
