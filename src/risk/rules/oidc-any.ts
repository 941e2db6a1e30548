import { text } from '../../kernel/texts.ts';
import { undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, startHop, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { bucketsFor } from '../stores.ts';
import { threat } from '../threat.ts';
import { admitsAnything, conditionOn, principalsOf, trustOf } from '../trust.ts';

/** A role trusts an identity provider that serves the whole world, without saying whom. */
export const definition = riskRule({
  id: 'oidc-any',
  number: 18,
  title: text(
    'A role trusts everybody of a public identity provider',
    '公開IDプロバイダーの利用者全員を信頼するロール',
  ),
  factor: 'credential-leak',
  find: (context) => context.graph.ofType('AWS::IAM::Role').flatMap((role) => candidateFor(context, role)),
});

/** Providers at which anybody may register, and the claim by which a role must say whom it means. */
const PUBLIC_PROVIDERS: Readonly<Record<string, string>> = {
  'token.actions.githubusercontent.com': ':sub',
  'gitlab.com': ':sub',
  'app.terraform.io': ':sub',
  'oidc.circleci.com': ':sub',
  'api.bitbucket.org': ':sub',
  'accounts.google.com': ':aud',
  'cognito-identity.amazonaws.com': ':aud',
};

function candidateFor(context: RiskContext, role: Resource): readonly Candidate[] {
  const { graph } = context;
  const open = trustOf(graph, role).flatMap((trust) => {
    const provider = principalsOf(trust.statement, 'Federated')
      .map((name) => Object.keys(PUBLIC_PROVIDERS).find((each) => name.includes(each)))
      .find((each) => each !== undefined);
    if (!provider) return [];
    const subject = conditionOn(trust.statement, PUBLIC_PROVIDERS[provider] ?? ':sub');
    if (subject && !admitsAnything(subject)) return [];
    return [{ provider, answer: trust.sure ? YES : undecided(trust.policy), policy: trust.policy }];
  });
  const [first] = open;
  if (!first) return [];
  const guard = topologyGuard('iam-least-privilege', role.id, first.answer, { facet: 'trust' });
  const assumes = at(
    role,
    text(
      `${role.name} trusts ${first.provider} without a condition on the subject`,
      `${role.name}が${first.provider}を、subの条件なしに信頼している`,
    ),
    first.policy,
  );
  const administrator = isAdministrator(graph, role).is !== 'no';
  const buckets = bucketsFor(graph, role, 's3:GetObject');
  return [
    {
      resources: [role.id],
      statement: {
        cause: text(
          `${role.name} does not say which repository or user of ${first.provider} may assume it`,
          `${role.name}が、${first.provider}のどのリポジトリ・利用者に許すのかを限定していない`,
        ),
        event: text(
          'anybody with an account there gets credentials of the role',
          'そこにアカウントを持つ誰もが、ロールの認証情報を得られる',
        ),
        effect: text(
          'a stranger acts in the account with the role\u2019s permissions',
          '第三者がロールの権限でアカウントを操作する',
        ),
      },
      reaches: administrator || buckets.length === 0 ? [graph.account] : buckets,
      threat: threat(3, text('registering with the provider is free', 'プロバイダーへの登録は誰でもできる')),
      paths: [attackPath([startHop(), assumes], [guard], first.answer)],
      seenBy: context.seenBy(['cloudtrail', 'guardduty', 'access-analyzer']),
      avoid: {
        guards: [guard],
        reason: text(
          'name the repository and branch (or the user) in a condition on `sub`',
          '`sub`の条件でリポジトリとブランチ(または利用者)を限定すれば、リスク自体がなくなる',
        ),
      },
    },
  ];
}
