import { text } from '../../kernel/texts.ts';
import { all, isOneOf, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, showValue } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, startHop, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** Users sign in with a password alone. */
export const definition = riskRule({
  id: 'cognito-weak',
  number: 30,
  title: text('Users sign in with a password alone', 'パスワードだけのユーザー認証'),
  factor: 'credential-leak',
  find: (context) =>
    context.graph.ofType('AWS::Cognito::UserPool').flatMap((pool) => candidateFor(context, pool)),
});

function candidateFor(context: RiskContext, pool: Resource): readonly Candidate[] {
  const setting = get(pool.properties, 'MfaConfiguration');
  const weak = all([pool.exists, not(isOneOf(setting, ['ON']))]);
  if (weak.is === 'no') return [];
  const reported = context.guard('mfa', pool, 'hinder');
  const guards = reported.length > 0 ? reported : [topologyGuard('mfa', pool.id, weak, { effect: 'hinder' })];
  const signsIn = at(
    pool,
    text(`multi-factor authentication is ${showValue(setting)}`, `多要素認証の設定は${showValue(setting)}`),
    setting,
  );
  return [
    {
      resources: [pool.id],
      statement: {
        cause: text(
          `${pool.name} does not require a second factor`,
          `${pool.name}が二つ目の認証要素を必須にしていない`,
        ),
        event: text('an attacker tries passwords leaked elsewhere', '攻撃者が、他所で漏れたパスワードを試す'),
        effect: text('accounts of users are taken over', '利用者のアカウントが乗っ取られる'),
      },
      reaches: [pool],
      threat: threat(2, text('a reused or leaked password', '使い回し・流出したパスワードが必要')),
      paths: [attackPath([startHop(), signsIn], guards, weak)],
      seenBy: context.seenBy(['cloudtrail', 'guardduty']),
      controls: ['Cognito.5', 'Cognito.2'],
    },
  ];
}
