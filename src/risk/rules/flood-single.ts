import { text } from '../../kernel/texts.ts';
import { type Answer, all, isNumber, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { publicServers } from '../server-classes.ts';
import { siblingsOf } from '../siblings.ts';
import { threat } from '../threat.ts';
import { applicationWays, firewallOn } from '../web.ts';

/** One server takes all requests: a flood stops it. */
export const definition = riskRule({
  id: 'flood-single',
  number: 31,
  title: text('A flood of requests stops the only server', '大量リクエストによる単一サーバーの停止'),
  factor: 'overload',
  find: (context) => publicServers(context.graph).flatMap((server) => candidateFor(context, server)),
});

function candidateFor(context: RiskContext, server: Resource): readonly Candidate[] {
  const alone = isAlone(context, server);
  const ways = applicationWays(context.graph, server);
  if (alone.is === 'no' || ways.length === 0) return [];
  const stops = at(server, text(`${server.name} is the only server`, `${server.name}が唯一のサーバー`));
  const spread = topologyGuard('redundancy', server.id, alone, { effect: 'hinder' });
  const paths = ways.map((way) =>
    attackPath([...way.hops, stops], [...firewallOn(context, way, 'rate'), spread], all([way.answer, alone])),
  );
  return [
    {
      resources: [server.id],
      statement: {
        cause: text(
          `all requests end at ${server.name} alone and nothing limits how many one sender makes`,
          `すべてのリクエストが${server.name}一台に集まり、送信元ごとの回数制限もない`,
        ),
        event: text(
          'many machines send requests without pause (DDoS)',
          '多数のコンピュータが連続してリクエストを送る(DDoS攻撃)',
        ),
        effect: text('the service stops for everybody', 'サービスが全利用者に対して停止する'),
      },
      reaches: [server],
      threat: threat(3),
      paths,
      seenBy: context.seenBy(['cloudwatch-alarms', 'shield']),
      controls: ['ELB.16', 'AutoScaling.2', 'EC2.9'],
      transfer: TRANSFER,
    },
  ];
}

const TRANSFER = text(
  'Shield Advanced (cost protection and a response team, at a high fixed price) or an insurance can take over what remains; Shield Standard is always on',
  '残るリスクはShield Advanced(費用保護と専任チーム、ただし高額な固定料金)や保険で移転できる。Shield Standardは常に有効',
);

function isAlone(context: RiskContext, server: Resource): Answer {
  switch (server.type) {
    case 'AWS::EC2::Instance':
      return siblingsOf(context.graph, server).length > 0 ? { is: 'no' } : YES;
    case 'AWS::AutoScaling::AutoScalingGroup':
      return isNumber(get(server.properties, 'MaxSize'), (size) => size <= 1);
    case 'AWS::ECS::Service':
      return isNumber(get(server.properties, 'DesiredCount'), (count) => count <= 1, YES);
    default:
      return { is: 'no' };
  }
}
