import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { bucketsFor } from '../stores.ts';
import { threat } from '../threat.ts';

/** A long-lived access key of a user. */
export const definition = riskRule({
  id: 'static-key',
  number: 17,
  title: text('Long-lived access key', '長期間有効なアクセスキー'),
  factor: 'credential-leak',
  find: (context) => context.graph.ofType('AWS::IAM::AccessKey').flatMap((key) => candidateFor(context, key)),
});

function candidateFor(context: RiskContext, key: Resource): readonly Candidate[] {
  const { graph } = context;
  const user = graph.target(get(key.properties, 'UserName'));
  const holder = user && !user.external ? user : key;
  const guard = topologyGuard('iam-least-privilege', holder.id, key.exists, { facet: 'keys' });
  const administrator = isAdministrator(graph, holder);
  const reaches = administrator.is === 'no' ? bucketsFor(graph, holder, 's3:GetObject') : [graph.account];
  return [
    {
      resources: [key.id],
      statement: {
        cause: text(
          `${key.name} is an access key of ${holder.name} that never expires`,
          `${key.name}は期限のない${holder.name}のアクセスキー`,
        ),
        event: text(
          'it gets into a repository, a log or a laptop that is lost',
          'リポジトリ、ログ、紛失した端末などから流出する',
        ),
        effect: text(
          'a stranger works with the user\u2019s permissions until somebody notices',
          '誰かが気づくまで、第三者がその権限で操作を続ける',
        ),
      },
      reaches: reaches.length > 0 ? reaches : [graph.account],
      threat: threat(2),
      paths: [
        attackPath(
          [at(key, text(`${key.name} is copied`, `${key.name}が持ち出される`))],
          [guard],
          key.exists,
        ),
      ],
      seenBy: context.seenBy(['guardduty', 'cloudtrail']),
      controls: ['IAM.2', 'EC2.1002'],
      avoid: {
        guards: [guard],
        reason: text(
          'use a role (or IAM Identity Center, or OIDC) whose credentials last hours; then there is no key to lose',
          '数時間で失効するロール(IAM Identity CenterやOIDC)に置き換えれば、漏れるキー自体がなくなる',
        ),
      },
    },
  ];
}
