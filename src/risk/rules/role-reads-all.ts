import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { permissionsOf } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { bucketsFor, everyBucket } from '../stores.ts';
import { threat } from '../threat.ts';
import { takeover, type Workload, workloads } from '../workloads.ts';

/** The role of a server reads every bucket of the account. */
export const definition = riskRule({
  id: 'role-reads-all',
  number: 14,
  title: text('One role reads every bucket', '一つのロールが全バケットを読み取り可能'),
  factor: 'credential-leak',
  find: (context) => workloads(context.graph).flatMap((workload) => candidateFor(context, workload)),
});

function candidateFor(context: RiskContext, workload: Workload): readonly Candidate[] {
  const { graph } = context;
  const { role } = workload;
  const every = all([role.exists, everyBucket(graph, role, 's3:GetObject')]);
  const buckets = bucketsFor(graph, role, 's3:GetObject');
  if (every.is === 'no' || buckets.length === 0 || isAdministrator(graph, role).is === 'yes') return [];
  const reads = at(
    role,
    text(
      `${role.name} may read the objects of every bucket`,
      `${role.name}は全バケットのオブジェクトを読み取れる`,
    ),
    permissionsOf(graph, role).at,
  );
  return [
    {
      resources: [role.id],
      statement: {
        cause: text(
          `${role.name} may read every bucket, not only those that its work needs`,
          `${role.name}が、業務に必要なバケットだけでなく全バケットを読み取れる`,
        ),
        event: text(
          'whoever takes over one server, or gets the role\u2019s credentials, copies them all',
          'サーバー一台の乗っ取りやロールの認証情報の入手だけで、すべてを持ち出せる',
        ),
        effect: text('the data of all buckets is disclosed at once', '全バケットの情報が一度に流出する'),
      },
      reaches: buckets,
      threat: threat(2),
      paths: [
        attackPath(
          [...takeover(graph, workload), reads],
          [topologyGuard('iam-least-privilege', role.id, every, { facet: 'permissions' })],
          every,
        ),
      ],
      seenBy: context.seenBy(['guardduty', 'cloudtrail', 'macie', 'access-analyzer']),
      controls: ['IAM.1', 'IAM.21'],
    },
  ];
}
