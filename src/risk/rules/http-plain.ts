import {
  allListeners,
  type LoadBalancerListener,
  reachFromInternet,
} from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { all, any, isOneOf, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { serversBehind } from '../fronts.ts';
import { at, attackPath, startHop } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** A public port forwards plain HTTP: what passes is read on the way. */
export const definition = riskRule({
  id: 'http-plain',
  number: 3,
  title: text('Traffic read on the way (plain HTTP)', '通信の盗聴(暗号化されていないHTTP)'),
  factor: 'vulnerability',
  find: (context) => [
    ...allListeners(context.graph).flatMap((listener) => forListener(context, listener)),
    ...context.graph
      .ofType('AWS::CloudFront::Distribution')
      .flatMap((distribution) => forDistribution(context, distribution)),
  ],
});

const PLAIN = ['HTTP'];

function forListener(context: RiskContext, listener: LoadBalancerListener): readonly Candidate[] {
  const { resource, loadBalancer, protocol } = listener;
  if (protocol !== undefined && !PLAIN.includes(protocol)) return [];
  const forwards = any(
    listener.actions.map((action) =>
      action.kind === undefined ? undecided(action.at) : action.kind === 'forward' ? action.exists : NO,
    ),
  );
  const plain = protocol === undefined ? undecided(get(listener.at, 'Protocol')) : YES;
  const read = at(
    resource,
    text(
      `port ${listener.port ?? '?'} forwards HTTP without encryption`,
      `ポート${listener.port ?? '?'}が暗号化なしのHTTPを転送する`,
    ),
    listener.at,
  );
  const guards = context.guard('tls', resource, 'block', resource === loadBalancer ? undefined : 'listener');
  const paths = reachFromInternet(context.graph, loadBalancer)
    .paths.filter(
      (path) => listener.port === undefined || path.port === undefined || path.port === listener.port,
    )
    .map((path) => ({ path, answer: all([path.answer, listener.exists, forwards, plain]) }))
    .filter(({ answer }) => answer.is !== 'no')
    .map(({ path, answer }) => attackPath([...path.hops, read], guards, answer));
  return paths.length === 0 ? [] : [candidate(context, resource, loadBalancer, paths)];
}

function forDistribution(context: RiskContext, distribution: Resource): readonly Candidate[] {
  const configuration = get(distribution.properties, 'DistributionConfig');
  const behaviours = [
    get(configuration, 'DefaultCacheBehavior'),
    ...itemsOf(get(configuration, 'CacheBehaviors')),
  ];
  const open = behaviours.map((behaviour) => {
    const policy = get(behaviour, 'ViewerProtocolPolicy');
    return { policy, answer: all([distribution.exists, isOneOf(policy, ['allow-all'])]) };
  });
  const found =
    open.find(({ answer }) => answer.is === 'yes') ?? open.find(({ answer }) => answer.is === 'unknown');
  if (!found) return [];
  const read = at(
    distribution,
    text(`${distribution.name} answers over plain HTTP`, `${distribution.name}が暗号化なしのHTTPに応答する`),
    found.policy,
  );
  const guards = context.guard('tls', distribution, 'block', 'listener');
  const path = attackPath([startHop(), read], guards, found.answer);
  return [candidate(context, distribution, distribution, [path])];
}

function candidate(
  context: RiskContext,
  place: Resource,
  front: Resource,
  paths: Candidate['paths'],
): Candidate {
  return {
    resources: [place.id],
    statement: {
      cause: text(`${place.name} carries plain HTTP`, `${place.name}が暗号化されていないHTTPを扱う`),
      event: text(
        'somebody on the way (a shared Wi-Fi, a provider) reads or changes requests and answers',
        '経路上の第三者(共用Wi-Fi、回線事業者など)が通信を盗み見る・書き換える',
      ),
      effect: text(
        'passwords, session cookies and personal data of users are disclosed',
        '利用者のパスワード、セッションCookie、個人情報が漏れる',
      ),
    },
    reaches: serversBehind(context.graph, front),
    threat: threat(2, text('the attacker must stand on the way', '攻撃者が通信経路上にいる必要がある')),
    paths,
    controls: ['ELB.1', 'ELB.3', 'CloudFront.3'],
  };
}
