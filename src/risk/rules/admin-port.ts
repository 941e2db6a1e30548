import { type NetworkPath, reachFromInternet } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { entranceGuards } from '../entrances.ts';
import { at, attackPath } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';
import { ADMIN_PORTS, blastOf, serverDetectors } from '../web.ts';

/** SSH or Remote Desktop of a server answers the whole internet. */
export const definition = riskRule({
  id: 'admin-port',
  number: 9,
  title: text('Administration port open to the internet', '管理用ポートのインターネット公開'),
  factor: 'vulnerability',
  find: (context) =>
    context.graph
      .ofType('AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup')
      .flatMap((server) => candidateFor(context, server)),
});

function candidateFor(context: RiskContext, server: Resource): readonly Candidate[] {
  const reach = reachFromInternet(context.graph, server);
  const open = reach.paths.flatMap((path) => {
    const port = adminPortOf(path);
    return port === undefined ? [] : [{ path, port }];
  });
  const [first] = open;
  if (!first) return [];
  const guards = entranceGuards(server, { ...reach, paths: open.map(({ path }) => path) }, 'internet');
  const paths = open.map(({ path, port }) => {
    const door = path.hops.at(-1)?.resource;
    const login = at(
      server,
      text(`port ${port} of ${server.name} answers`, `${server.name}のポート${port}が応答する`),
    );
    return attackPath(
      [...path.hops, login],
      guards.filter((guard) => guard.place === door),
      path.answer,
    );
  });
  return [
    {
      resources: [server.id],
      statement: {
        cause: text(
          `port ${first.port} of ${server.name} is open to everybody`,
          `${server.name}のポート${first.port}が誰にでも開いている`,
        ),
        event: text(
          'an attacker guesses or steals a login, or uses a flaw of the login service',
          '攻撃者が認証情報を推測・入手する、またはログインサービスの脆弱性を突く',
        ),
        effect: text('the server is in the attacker\u2019s hands', 'サーバーを乗っ取られる'),
      },
      reaches: blastOf(context.graph, server),
      threat: threat(3),
      paths,
      seenBy: serverDetectors(context),
      controls: ['EC2.13', 'EC2.14', 'EC2.19', 'EC2.53', 'EC2.54', 'EC2.9'],
      avoid: {
        guards,
        reason: text(
          'close the port and administer through Session Manager, which needs no open port',
          'ポートを閉じ、開放ポートの要らないSession Managerで管理すれば、リスク自体がなくなる',
        ),
      },
    },
  ];
}

function adminPortOf(path: NetworkPath): number | undefined {
  const { ports, protocol } = path;
  if (!ports || (protocol !== 'tcp' && protocol !== 'all')) return undefined;
  return ADMIN_PORTS.find((port) => ports.from <= port && port <= ports.to);
}
