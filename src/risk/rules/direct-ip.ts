import { type Way, waysTo } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { publicServers } from '../server-classes.ts';
import { threat } from '../threat.ts';

/** A server serves the web from its own address. */
export const definition = riskRule({
  id: 'direct-ip',
  number: 32,
  title: text('Server exposed by its own address', 'サーバーのIPアドレスを直接公開'),
  factor: 'overload',
  find: (context) => publicServers(context.graph).flatMap((server) => candidateFor(context, server)),
});

const WEB_PORTS = [80, 443, 3000, 5000, 8000, 8080, 8443];
const MACHINES = ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::ECS::Service'];

function candidateFor(context: RiskContext, server: Resource): readonly Candidate[] {
  if (!MACHINES.includes(server.type)) return [];
  const direct = waysTo(context.graph, server).filter((way) => way.fronts.length === 0 && servesWeb(way));
  if (direct.length === 0) return [];
  const doors = direct.map((way) => ({
    way,
    guard: topologyGuard('network-least-privilege', way.hops.at(-1)?.resource ?? server.id, way.answer, {
      facet: 'exposure',
    }),
  }));
  const hit = at(server, text(`${server.name} takes all of it itself`, `${server.name}がすべてを直接受ける`));
  return [
    {
      resources: [server.id],
      statement: {
        cause: text(
          `${server.name} answers the web at its own address, without a load balancer or CDN`,
          `${server.name}がロードバランサーやCDNなしで、自身のアドレスでWebに応答する`,
        ),
        event: text(
          'a flood, or a request that no WAF looks at, arrives at the machine itself',
          '大量通信や、WAFを通らないリクエストがサーバーに直接届く',
        ),
        effect: text(
          'the server stops, and neither a WAF nor Shield for load balancers stands before it',
          'サーバーが停止する。前段にWAFやロードバランサーの防御がない',
        ),
      },
      reaches: [server],
      threat: threat(3),
      paths: doors.map(({ way, guard }) => attackPath([...way.hops, hit], [guard], way.answer)),
      seenBy: context.seenBy(['cloudwatch-alarms', 'guardduty']),
      controls: ['EC2.9', 'EC2.25', 'AutoScaling.5', 'ECS.2'],
      avoid: {
        guards: doors.map(({ guard }) => guard),
        reason: text(
          'put a load balancer or CloudFront before it and admit only that',
          '前段にロードバランサーまたはCloudFrontを置き、そこからの接続だけを許可すれば、リスク自体がなくなる',
        ),
      },
    },
  ];
}

function servesWeb(way: Way): boolean {
  const { ports } = way;
  return !ports || WEB_PORTS.some((port) => ports.from <= port && port <= ports.to);
}
