import { databasePort, type NetworkHop, reach, speaksSql } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { databases } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { masterCredentials } from '../database-users.ts';
import { at, attackPath } from '../paths.ts';
import { type Approach, approachesTo } from '../reaching.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';
import { ASSUMED_FLAW, guardedWays, serverDetectors } from '../web.ts';

/** SQL injection through the application into a database: public listener → application → SQL port. */
export const definition = riskRule({
  id: 'inject-db',
  number: 1,
  title: text('Database contents stolen by SQL injection', 'SQLインジェクションによるデータベースの情報流出'),
  factor: 'vulnerability',
  find: (context) =>
    databases(context.graph)
      .filter(speaksSql)
      .flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const port = databasePort(context.graph, database);
  const query = at(
    database,
    text(
      `injected SQL runs in ${database.name}${port ? ` (port ${port})` : ''}`,
      `${database.name}で注入されたSQLが実行される${port ? `(ポート${port})` : ''}`,
    ),
  );
  const paths = approachesTo(context.graph, database).flatMap((approach) =>
    guardedWays(context, approach.class, 'sqli').map(({ way, guards }) =>
      attackPath(
        [...way.hops, answering(way.server), ...innerHops(context, approach, way.server, database), query],
        guards,
        all([way.answer, approach.inner.answer, database.exists]),
      ),
    ),
  );
  if (paths.length === 0) return [];
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `The application that the internet reaches passes input into SQL ${ASSUMED_FLAW.en}`,
          `インターネットから届くアプリケーションが、入力をSQLにそのまま渡す${ASSUMED_FLAW.ja}`,
        ),
        event: text(
          `an attacker injects SQL and reads or changes ${database.name}`,
          `攻撃者がSQLを注入し、${database.name}の内容を読み取る・書き換える`,
        ),
        effect: text('the data in it is disclosed or falsified', '保存された情報が流出または改ざんされる'),
      },
      reaches: [database],
      threat: threat(3),
      paths,
      limits: masterCredentials(context, database).limits,
      seenBy: serverDetectors(context),
      controls: ['ELB.16', 'APIGateway.4', 'CloudFront.6', 'WAF.10'],
    },
  ];
}

/** The stop at which the request becomes a query. */
function answering(server: Resource): NetworkHop {
  return at(
    server,
    text(
      `${server.name} answers the request and asks the database`,
      `${server.name}がリクエストを処理し、データベースに問い合わせる`,
    ),
  );
}

/** The hops from the server of a way to the database; told for the class's first server where they are the same. */
function innerHops(
  context: RiskContext,
  approach: Approach,
  server: Resource,
  database: Resource,
): readonly NetworkHop[] {
  const inner = server === approach.server ? approach.inner : reach(context.graph, server, database);
  return inner.paths[0]?.hops ?? [];
}
