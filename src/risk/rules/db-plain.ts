import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { databases } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath } from '../paths.ts';
import { approachesTo } from '../reaching.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** Nothing makes the application speak TLS to the database. */
export const definition = riskRule({
  id: 'db-plain',
  number: 6,
  title: text('Unencrypted traffic to the database', 'データベースへの暗号化されていない通信'),
  factor: 'vulnerability',
  find: (context) => databases(context.graph).flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const facet = database.type.startsWith('AWS::ElastiCache::') ? 'cache' : 'database';
  const guards = context.guard('tls', database, 'block', facet);
  if (guards.length === 0 || guards.some((guard) => guard.state === 'on')) return [];
  const read = at(
    database,
    text(`${database.name} takes connections without TLS`, `${database.name}がTLSなしの接続を受け付ける`),
  );
  const paths = approachesTo(context.graph, database).map(({ server, inner }) =>
    attackPath(
      [
        at(server, text(`${server.name} connects to it`, `${server.name}が接続する`)),
        ...(inner.paths[0]?.hops ?? []),
        read,
      ],
      guards,
      all([inner.answer, database.exists]),
    ),
  );
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `${database.name} does not insist on TLS (rds.force_ssl, require_secure_transport)`,
          `${database.name}がTLSを必須にしていない(rds.force_ssl、require_secure_transport)`,
        ),
        event: text(
          'somebody with a foothold in the network reads queries and answers',
          'ネットワーク内に侵入した者がクエリと応答を盗み見る',
        ),
        effect: text(
          'data and the database password are disclosed',
          'データとデータベースのパスワードが漏れる',
        ),
      },
      reaches: [database],
      threat: threat(
        1,
        text(
          'a foothold in the network and a place on the way',
          'ネットワークへの侵入と経路上の位置の両方が必要',
        ),
      ),
      paths,
      controls: ['RDS.38', 'RDS.39', 'ElastiCache.5'],
    },
  ];
}
