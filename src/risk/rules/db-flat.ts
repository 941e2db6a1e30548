import { placementOf, rulesOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, showValue, stringFrom, type Value } from '../../model/value.ts';
import { databases } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** The database admits a whole address range instead of the application's security group. */
export const definition = riskRule({
  id: 'db-flat',
  number: 11,
  title: text(
    'Every machine of the network reaches the database',
    'ネットワーク内の全サーバーがデータベースに届く',
  ),
  factor: 'vulnerability',
  find: (context) => databases(context.graph).flatMap((database) => candidateFor(context, database)),
});

/** Longer prefixes than this name single machines or small subnets on purpose. */
const WIDEST_NARROW_PREFIX = 24;

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const wide = placementOf(context.graph, database).groups.flatMap(({ resource: group }) =>
    rulesOf(context.graph, group, 'ingress').flatMap((rule) => {
      const cidr = wideRange(context, database, rule.at);
      return cidr ? [{ group, rule, cidr }] : [];
    }),
  );
  if (wide.length === 0) return [];
  const paths = wide.map(({ group, rule, cidr }) =>
    attackPath(
      [
        at(
          group,
          text(`${group.name} admits ${showValue(cidr)}`, `${group.name}が${showValue(cidr)}を許可している`),
          cidr,
        ),
        at(database, text(`${database.name} answers`, `${database.name}が応答する`)),
      ],
      [topologyGuard('network-least-privilege', group.id, rule.exists, { facet: 'inside' })],
      rule.exists,
    ),
  );
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `${database.name} admits an address range instead of the application alone`,
          `${database.name}がアプリケーションだけでなくアドレス範囲全体を許可している`,
        ),
        event: text(
          'an intruder on any machine of the network turns to the database',
          'ネットワーク内のどこかに侵入した攻撃者がデータベースに接続する',
        ),
        effect: text('one weak machine is enough to attack the data', '弱い一台があれば情報資産が狙われる'),
      },
      reaches: [database],
      threat: threat(2, text('a foothold in the network', 'ネットワーク内への侵入が必要')),
      paths,
      seenBy: context.seenBy(['guardduty']),
      controls: ['EC2.18', 'EC2.19'],
    },
  ];
}

function wideRange(context: RiskContext, database: Resource, rule: Value): Value | undefined {
  const cidr = get(rule, 'CidrIp');
  const written = stringFrom(cidr);
  if (written !== undefined) {
    const prefix = Number(written.slice(written.lastIndexOf('/') + 1));
    return prefix < WIDEST_NARROW_PREFIX ? cidr : undefined;
  }
  const vpc = placementOf(context.graph, database).vpc;
  return vpc && context.graph.target(cidr) === vpc ? cidr : undefined;
}
