import { DATABASE_TYPES, reachFromInternet } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** The internet reaches the database port directly. */
export const definition = riskRule({
  id: 'db-public',
  number: 10,
  title: text('Database open to the internet', 'データベースのインターネット公開'),
  factor: 'vulnerability',
  find: (context) =>
    context.graph.ofType(...DATABASE_TYPES).flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const reach = reachFromInternet(context.graph, database);
  if (reach.paths.length === 0) return [];
  const guard = topologyGuard('network-least-privilege', database.id, reach.answer, { facet: 'internet' });
  const login = at(database, text(`${database.name} answers anybody`, `${database.name}が誰にでも応答する`));
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `${database.name} has a public address and its port is open`,
          `${database.name}がパブリックアドレスを持ち、ポートが開いている`,
        ),
        event: text(
          'an attacker guesses or steals the password, or uses a flaw of the database',
          '攻撃者がパスワードを推測・入手する、またはデータベースの脆弱性を突く',
        ),
        effect: text(
          'the data is disclosed, falsified or held to ransom',
          'データの流出・改ざん・身代金要求',
        ),
      },
      reaches: [database],
      threat: threat(3),
      paths: reach.paths.map((path) => attackPath([...path.hops, login], [guard], path.answer)),
      seenBy: context.seenBy(['guardduty', 'cloudtrail', 'security-hub']),
      controls: ['RDS.2', 'EC2.19', 'Redshift.1', 'OpenSearch.2', 'ES.2'],
      avoid: {
        guards: [guard],
        reason: text(
          'no application needs it: take the public address away and keep it in private subnets',
          '公開の必要がないため、パブリックアクセスを無効にしプライベートサブネットに置けば、リスク自体がなくなる',
        ),
      },
    },
  ];
}
