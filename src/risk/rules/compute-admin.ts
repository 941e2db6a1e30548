import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { permissionsOf } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';
import { takeover, type Workload, workloads } from '../workloads.ts';

/** Code runs with administrator permissions. */
export const definition = riskRule({
  id: 'compute-admin',
  number: 15,
  title: text('A server holds administrator permissions', 'サーバーが管理者権限を持つ'),
  factor: 'credential-leak',
  find: (context) => workloads(context.graph).flatMap((workload) => candidateFor(context, workload)),
});

function candidateFor(context: RiskContext, workload: Workload): readonly Candidate[] {
  const { graph } = context;
  const { role } = workload;
  const administrator = all([role.exists, isAdministrator(graph, role)]);
  if (administrator.is === 'no') return [];
  const acts = at(
    role,
    text(`${role.name} may do everything in the account`, `${role.name}はアカウント内のすべてを操作できる`),
    permissionsOf(graph, role).at,
  );
  const guard = topologyGuard('iam-least-privilege', role.id, administrator, { facet: 'permissions' });
  return [
    {
      resources: [role.id],
      statement: {
        cause: text(
          `${role.name}, with which code runs, is an administrator of the account`,
          `コードの実行に使う${role.name}が、アカウントの管理者権限を持つ`,
        ),
        event: text(
          'whoever takes over the code uses its role',
          'コードを乗っ取った攻撃者が、そのロールを使う',
        ),
        effect: text(
          'the whole account is lost: data, backups, logs, and the bill',
          'アカウント全体(データ、バックアップ、ログ、課金)が奪われる',
        ),
      },
      reaches: [graph.account, ...workload.servers],
      threat: threat(2),
      paths: [attackPath([...takeover(graph, workload), acts], [guard], administrator)],
      seenBy: context.seenBy(['guardduty', 'cloudtrail', 'access-analyzer']),
      controls: ['IAM.1', 'IAM.21', 'IAM.1004'],
      ...(administrator.is === 'yes'
        ? {
            avoid: {
              guards: [guard],
              reason: text(
                'give the role only the actions and resources that its work needs',
                'ロールの権限を、業務に必要な操作とリソースだけに絞る',
              ),
            },
          }
        : {}),
    },
  ];
}
