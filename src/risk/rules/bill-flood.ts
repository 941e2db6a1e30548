import { waysTo } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Answer } from '../../model/answer.ts';
import { isSet, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { publicServers } from '../server-classes.ts';
import { threat } from '../threat.ts';
import { firewallOn } from '../web.ts';

/** What scales without a cap turns a flood into a bill. */
export const definition = riskRule({
  id: 'bill-flood',
  number: 33,
  title: text('A flood becomes a bill', '大量リクエストによる料金の高騰'),
  factor: 'overload',
  find: (context) =>
    publicServers(context.graph)
      .filter((server) => server.type === 'AWS::Lambda::Function')
      .flatMap((server) => candidateFor(context, server)),
});

function candidateFor(context: RiskContext, target: Resource): readonly Candidate[] {
  const reserved = get(target.properties, 'ReservedConcurrentExecutions');
  const uncapped: Answer = not(isSet(reserved));
  if (uncapped.is === 'no') return [];
  const reported = context.guard('budget', target, 'hinder');
  const caps =
    reported.length > 0 ? reported : [topologyGuard('budget', target.id, uncapped, { effect: 'hinder' })];
  const runs = at(
    target,
    text(`${target.name} runs as often as it is called`, `${target.name}は呼び出された回数だけ実行される`),
    reserved,
  );
  const paths = waysTo(context.graph, target).map((way) =>
    attackPath([...way.hops, runs], [...firewallOn(context, way, 'rate'), ...caps], way.answer),
  );
  return [
    {
      resources: [target.id],
      statement: {
        cause: text(
          `${target.name} scales without a cap and anybody may call it`,
          `${target.name}は上限なくスケールし、誰でも呼び出せる`,
        ),
        event: text('somebody calls it millions of times', '誰かが何百万回も呼び出す'),
        effect: text(
          'the bill grows, and other functions of the account starve',
          '料金が膨らみ、アカウント内の他の関数も実行枠を失う',
        ),
      },
      reaches: [target],
      threat: threat(3),
      paths,
      seenBy: context.seenBy(['budget', 'cloudwatch-alarms']),
      controls: ['Lambda.1002'],
    },
  ];
}
