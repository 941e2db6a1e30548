import { SERVER_TYPES } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { AttackPath } from '../../model/risk.ts';
import { get, showUndecided, type Value } from '../../model/value.ts';
import { databases } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { masterCredentials, serversGivenMaster, startValues } from '../database-users.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { secretIn } from '../secret-texts.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** A password stands in the template, in its parameters, in user data or in an environment variable. */
export const definition = riskRule({
  id: 'pw-in-template',
  number: 22,
  title: text('Password in the template or in start-up data', 'テンプレートや起動データに書かれたパスワード'),
  factor: 'credential-leak',
  find: (context) => [
    ...databases(context.graph).flatMap((database) => forDatabase(context, database)),
    ...context.graph
      .ofType(...SERVER_TYPES, 'AWS::ECS::TaskDefinition')
      .flatMap((server) => forServer(context, server)),
  ],
});

const PASSWORDS = ['MasterUserPassword', 'AuthToken'];

function forDatabase(context: RiskContext, database: Resource): readonly Candidate[] {
  const guards = context.guard('secrets-manager', database, 'block', 'stored');
  const paths: AttackPath[] = PASSWORDS.flatMap((name) => {
    const value = get(database.properties, name);
    const written = isWritten(value);
    if (!written) return [];
    const what = text(
      value.kind === 'known'
        ? `${name} stands in the template in clear text`
        : `${name} is handed in as a template parameter (${shownOf(value)})`,
      value.kind === 'known'
        ? `${name}がテンプレートに平文で書かれている`
        : `${name}がテンプレートのパラメータ(${shownOf(value)})として渡される`,
    );
    return [factPath(database, { what, at: value }, guards, written)];
  });
  const { server, at } = masterCredentials(context, database);
  if (paths.length === 0) return [];
  if (server && at) {
    const what = text(
      `the password is also written into the start-up data of ${server.name}`,
      `同じパスワードが${server.name}の起動データにも書き込まれる`,
    );
    const own = context.guard('secrets-manager', server, 'block', 'stored');
    paths.push(factPath(server, { what, at }, [...guards, ...own]));
  }
  return [candidate(context, database, [database], paths)];
}

/** Literal, or a parameter that a person supplies; a reference to a secret is neither. */
function isWritten(value: Value): Answer | undefined {
  if (value.kind === 'known') return YES;
  if (value.kind === 'oneOf') return value.options.some(isWritten) ? undecided(value) : undefined;
  if (value.kind !== 'unknown' || value.why === 'dynamic-reference') return undefined;
  const parts = value.parts ?? [];
  return parts.some((part) => typeof part !== 'string' && part.type === 'parameter') ? YES : undefined;
}

function shownOf(value: Value): string {
  return value.kind === 'unknown' ? showUndecided(value).slice(0, 60) : '…';
}

function forServer(context: RiskContext, server: Resource): readonly Candidate[] {
  const found = startValues(context.graph, server).flatMap((value) => secretIn(value) ?? []);
  const [first] = found;
  if (!first || serversGivenMaster(context.graph).has(server)) return [];
  const guards = context.guard('secrets-manager', server, 'block', 'stored');
  const what = text(
    `a secret stands in the start-up data or environment of ${server.name}`,
    `${server.name}の起動データまたは環境変数に秘密情報が書かれている`,
  );
  return [
    candidate(context, server, [server], [factPath(server, { what, at: first }, guards, server.exists)]),
  ];
}

function candidate(
  context: RiskContext,
  place: Resource,
  reaches: readonly Resource[],
  paths: readonly AttackPath[],
): Candidate {
  return {
    resources: [place.id],
    statement: {
      cause: text(
        `a password of ${place.name} stands in the template, its parameters or start-up data (NoEcho does not change that)`,
        `${place.name}のパスワードが、テンプレート、そのパラメータ、または起動データにある(NoEchoでも変わらない)`,
      ),
      event: text(
        'somebody who may read the repository, the stack or the instance\u2019s user data finds it',
        'リポジトリ、スタック、またはインスタンスのユーザーデータを読める者が見つける',
      ),
      effect: text(
        'a stranger signs in with it; nobody can tell who used it',
        '第三者がそれを使って接続し、誰が使ったのかも分からない',
      ),
    },
    reaches,
    threat: threat(2),
    paths,
    seenBy: context.seenBy(['cloudtrail', 'guardduty']),
    controls: ['RDS.1003', 'EC2.1006', 'Lambda.1004', 'ECS.1001', 'ECS.8', 'CodeBuild.2'],
  };
}
