import { type Way, waysTo } from '../../environment/reachability/index.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { Guard } from '../../model/risk.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { publicServers } from '../server-classes.ts';
import { threat } from '../threat.ts';
import { blastOf, firewallOn, serverDetectors } from '../web.ts';

/** A public server on which nobody installs patches. */
export const definition = riskRule({
  id: 'unpatched',
  number: 12,
  title: text('Known vulnerabilities stay unpatched on a public server', '公開サーバーの既知の脆弱性の放置'),
  factor: 'vulnerability',
  find: (context) =>
    publicServers(context.graph)
      .filter((server) => MACHINES.includes(server.type))
      .flatMap((server) => candidateFor(context, server)),
});

const MACHINES = ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'];

/** The security group through which strangers come directly, without a front. */
function doorOf(way: Way): readonly Guard[] {
  const door = way.fronts.length === 0 ? way.hops.at(-1)?.resource : undefined;
  return door === undefined
    ? []
    : [topologyGuard('network-least-privilege', door, way.answer, { facet: 'exposure' })];
}

/** A cadence of patches leaves the days until the next one, and flaws that have no patch yet. */
function causeOf({ name }: Resource, patched: readonly Guard[]): Text {
  if (patched.length > 0 && patched.every(({ state }) => state === 'on')) {
    return text(
      `patches for the system and middleware of ${name} are installed regularly; what is published in between stays open until then`,
      `${name}のOS・ミドルウェアには定期的にパッチが適用されるが、それまでの間に公開された脆弱性は残る`,
    );
  }
  if (patched.some(({ state }) => state === 'unknown')) {
    return text(
      `whether patches for the system and middleware of ${name} are installed regularly is not known`,
      `${name}のOS・ミドルウェアに定期的にパッチが適用されているか確認できない`,
    );
  }
  return text(
    `patches for the system and middleware of ${name} are not installed regularly`,
    `${name}のOS・ミドルウェアに定期的なパッチ適用がない`,
  );
}

function candidateFor(context: RiskContext, server: Resource): readonly Candidate[] {
  const patched = context.guard('patch-manager', server, 'hinder');
  const taken = at(
    server,
    text(
      `a known flaw of the system or middleware of ${server.name} is used`,
      `${server.name}のOS・ミドルウェアの既知の脆弱性が突かれる`,
    ),
  );
  const paths = waysTo(context.graph, server).map((way) =>
    attackPath(
      [...way.hops, taken],
      [...firewallOn(context, way, 'common'), ...doorOf(way), ...patched],
      way.answer,
    ),
  );
  return [
    {
      resources: [server.id],
      statement: {
        cause: causeOf(server, patched),
        event: text(
          'an attacker uses a published vulnerability (CVE) through an open port',
          '攻撃者が公開済みの脆弱性(CVE)を開いたポートから突く',
        ),
        effect: text(
          'the server and all that it may reach are lost',
          'サーバーと、そこから届く資産が奪われる',
        ),
      },
      reaches: blastOf(context.graph, server),
      threat: threat(3),
      paths,
      seenBy: [...context.seenBy(['inspector'], [server]), ...serverDetectors(context)],
      controls: ['SSM.1', 'EC2.9', 'AutoScaling.5'],
    },
  ];
}
