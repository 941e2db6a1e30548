import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { databases } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { masterCredentials } from '../database-users.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** The application signs in to the database as its master user. */
export const definition = riskRule({
  id: 'app-is-master',
  number: 25,
  title: text(
    'The application is the database\u2019s master user',
    'アプリケーションがマスターユーザーで接続',
  ),
  factor: 'credential-leak',
  find: (context) => databases(context.graph).flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const { answer, server, at } = masterCredentials(context, database);
  if (!server) return [];
  const guard = topologyGuard('secrets-manager', database.id, answer, { facet: 'application-user' });
  const what = text(
    `${server.name} is given the master user\u2019s credentials of ${database.name}`,
    `${server.name}に${database.name}のマスターユーザーの認証情報が渡される`,
  );
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `the application works with the master user of ${database.name}`,
          `アプリケーションが${database.name}のマスターユーザーで動く`,
        ),
        event: text(
          'whoever gets into the application may drop tables, make users and read every schema',
          'アプリケーションに侵入した者が、テーブル削除、ユーザー作成、全スキーマの読み取りを行える',
        ),
        effect: text('one flaw costs the whole database', '一つの欠陥でデータベース全体が失われる'),
      },
      reaches: [database],
      threat: threat(2),
      paths: [factPath(server, at ? { what, at } : { what }, [guard], answer)],
      seenBy: context.seenBy(['cloudtrail', 'guardduty']),
      controls: ['RDS.24', 'RDS.25'],
    },
  ];
}
