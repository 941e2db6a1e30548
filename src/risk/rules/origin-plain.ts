import { text } from '../../kernel/texts.ts';
import { all, isOneOf } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { serversBehind } from '../fronts.ts';
import { at, attackPath, startHop } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** A distribution fetches from its origin without encryption. */
export const definition = riskRule({
  id: 'origin-plain',
  number: 5,
  title: text(
    'Plain HTTP between CloudFront and the origin',
    'CloudFrontとオリジン間の暗号化されていない通信',
  ),
  factor: 'vulnerability',
  find: (context) =>
    context.graph
      .ofType('AWS::CloudFront::Distribution')
      .flatMap((distribution) => candidateFor(context, distribution)),
});

function candidateFor(context: RiskContext, distribution: Resource): readonly Candidate[] {
  const origins = itemsOf(get(distribution.properties, 'DistributionConfig', 'Origins'));
  const plain = origins.flatMap((origin) => {
    const policy = get(origin, 'CustomOriginConfig', 'OriginProtocolPolicy');
    const answer = all([distribution.exists, isOneOf(policy, ['http-only', 'match-viewer'])]);
    return policy.kind === 'absent' || answer.is === 'no' ? [] : [{ policy, answer }];
  });
  if (plain.length === 0) return [];
  const guards = context.guard('tls', distribution, 'block', 'origin');
  const paths = plain.map(({ policy, answer }) =>
    attackPath(
      [
        startHop(),
        at(
          distribution,
          text(
            `${distribution.name} speaks plain HTTP to its origin`,
            `${distribution.name}がオリジンへ暗号化なしのHTTPで接続する`,
          ),
          policy,
        ),
      ],
      guards,
      answer,
    ),
  );
  return [
    {
      resources: [distribution.id],
      statement: {
        cause: text(
          `${distribution.name} fetches from its origin over HTTP`,
          `${distribution.name}がオリジンからHTTPで取得する`,
        ),
        event: text(
          'somebody between CloudFront and the origin reads or changes what passes',
          'CloudFrontとオリジンの間の第三者が通信を読み取る・書き換える',
        ),
        effect: text(
          'users believe in HTTPS, yet their data travels in the clear',
          '利用者からはHTTPSに見えるが、データは平文で流れる',
        ),
      },
      reaches: serversBehind(context.graph, distribution),
      threat: threat(2, text('the attacker must stand on the way', '攻撃者が通信経路上にいる必要がある')),
      paths,
      controls: ['CloudFront.9', 'CloudFront.10'],
    },
  ];
}
