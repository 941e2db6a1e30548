import {
  allListeners,
  type LoadBalancerListener,
  reachFromInternet,
} from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { serversBehind } from '../fronts.ts';
import { at, attackPath } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** The certificate of a public listener does not renew by itself. */
export const definition = riskRule({
  id: 'cert-lapse',
  number: 7,
  title: text('Certificate expires unnoticed', '証明書の期限切れ'),
  factor: 'human-error',
  find: (context) => allListeners(context.graph).flatMap((listener) => candidateFor(context, listener)),
});

const ENCRYPTED = ['HTTPS', 'TLS', 'SSL'];

function candidateFor(context: RiskContext, listener: LoadBalancerListener): readonly Candidate[] {
  const { resource, loadBalancer, protocol } = listener;
  if (protocol === undefined || !ENCRYPTED.includes(protocol)) return [];
  const guards = context.guard('acm', resource, 'block');
  if (guards.length === 0 || guards.some((guard) => guard.state === 'on')) return [];
  const expiring = at(
    resource,
    text('its certificate must be renewed by hand', '証明書の更新が手作業に頼っている'),
    get(listener.at, 'Certificates'),
  );
  const paths = reachFromInternet(context.graph, loadBalancer).paths.map((path) =>
    attackPath([...path.hops, expiring], guards, path.answer),
  );
  return [
    {
      resources: [resource.id],
      statement: {
        cause: text(
          `nothing shows that the certificate of ${resource.name} renews by itself`,
          `${resource.name}の証明書が自動更新されることを確認できない`,
        ),
        event: text('somebody forgets to renew it', '更新が忘れられる'),
        effect: text(
          'browsers refuse the site, or people learn to click warnings away',
          'ブラウザに接続を拒まれる、または利用者が警告の無視に慣れてしまう',
        ),
      },
      reaches: serversBehind(context.graph, loadBalancer),
      threat: threat(2, text('a forgotten date', '期限の失念')),
      paths,
      controls: ['ELB.2', 'ELB.1001', 'CloudFront.7'],
    },
  ];
}
