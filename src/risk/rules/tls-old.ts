import {
  allListeners,
  type LoadBalancerListener,
  reachFromInternet,
} from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { get, showValue } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { serversBehind } from '../fronts.ts';
import { at, attackPath } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** A public TLS listener still speaks old protocol versions. */
export const definition = riskRule({
  id: 'tls-old',
  number: 4,
  title: text('Outdated TLS on a public listener', '公開リスナーの古いTLS'),
  factor: 'vulnerability',
  find: (context) => allListeners(context.graph).flatMap((listener) => candidateFor(context, listener)),
});

const ENCRYPTED = ['HTTPS', 'TLS', 'SSL'];

function candidateFor(context: RiskContext, listener: LoadBalancerListener): readonly Candidate[] {
  const { resource, loadBalancer, protocol } = listener;
  if (protocol === undefined || !ENCRYPTED.includes(protocol)) return [];
  const guards = context.guard('tls', resource, 'block', 'policy');
  if (guards.length === 0 || guards.some((guard) => guard.state === 'on')) return [];
  const policy = get(listener.at, 'SslPolicy');
  const weak = at(
    resource,
    text(`security policy ${showValue(policy)}`, `セキュリティポリシー ${showValue(policy)}`),
    policy,
  );
  const paths = reachFromInternet(context.graph, loadBalancer)
    .paths.filter(
      (path) => listener.port === undefined || path.port === undefined || path.port === listener.port,
    )
    .map((path) => attackPath([...path.hops, weak], guards, path.answer));
  return [
    {
      resources: [resource.id],
      statement: {
        cause: text(
          `${resource.name} accepts outdated TLS versions`,
          `${resource.name}が古いバージョンのTLSを受け付ける`,
        ),
        event: text(
          'an attacker on the way forces a weak version and breaks it',
          '経路上の攻撃者が弱いバージョンに誘導し、解読する',
        ),
        effect: text('traffic of users is disclosed', '利用者の通信内容が漏れる'),
      },
      reaches: serversBehind(context.graph, loadBalancer),
      threat: threat(
        1,
        text('a place on the way, and an old client', '経路上の位置と、古いクライアントの両方が必要'),
      ),
      paths,
      controls: ['ELB.8', 'ELB.17'],
    },
  ];
}
