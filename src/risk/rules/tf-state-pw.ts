import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { databases } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** Terraform keeps a database password in its state in clear text. */
export const definition = riskRule({
  id: 'tf-state-pw',
  number: 24,
  title: text('Database password in the Terraform state', 'Terraformのstateに残るデータベースのパスワード'),
  factor: 'credential-leak',
  find: (context) =>
    databases(context.graph)
      .filter((database) => database.id.startsWith('tf:'))
      .flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const password = get(database.properties, 'MasterUserPassword');
  if (password.kind === 'absent') return [];
  const managed = context.guard('secrets-manager', database, 'block', 'stored');
  const guards =
    managed.length > 0 ? managed : [topologyGuard('secrets-manager', database.id, database.exists)];
  const what = text(
    `the password of ${database.name} is an argument, so Terraform stores it in its state`,
    `${database.name}のパスワードは引数で渡され、Terraformがstateに保存する`,
  );
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `the password of ${database.name} passes through Terraform`,
          `${database.name}のパスワードがTerraformを経由する`,
        ),
        event: text(
          'somebody reads the state (a bucket, a laptop, a CI log)',
          '誰かがstate(バケット、端末、CIのログ)を読む',
        ),
        effect: text('the database is open to the reader', '読んだ者がデータベースに接続できる'),
      },
      reaches: [database],
      threat: threat(2),
      paths: [factPath(database, { what, at: password }, guards, database.exists)],
      seenBy: context.seenBy(['cloudtrail', 'guardduty']),
      controls: ['RDS.1003'],
    },
  ];
}
