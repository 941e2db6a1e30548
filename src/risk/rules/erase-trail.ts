import { arnOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { all, any, isTrue } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { holderMay, permissionsOf } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';
import { takeover } from '../workloads.ts';
import { writersOf } from '../writers.ts';

/** Code of the environment may delete the trail's own log files. */
export const definition = riskRule({
  id: 'erase-trail',
  number: 39,
  title: text('An intruder erases the trail', '侵入者による証跡の消去'),
  factor: 'credential-leak',
  find: (context) =>
    context.graph.ofType('AWS::CloudTrail::Trail').flatMap((trail) => candidateFor(context, trail)),
});

function candidateFor(context: RiskContext, trail: Resource): readonly Candidate[] {
  const { graph } = context;
  const bucket = graph.target(get(trail.properties, 'S3BucketName'));
  if (bucket?.type !== 'AWS::S3::Bucket') return [];
  const locked = isTrue(get(bucket.properties, 'ObjectLockEnabled'));
  if (locked.is === 'yes') return [];
  const paths = writersOf(graph, bucket).flatMap((workload) => {
    const { role } = workload;
    const object = arnOf(bucket, '/object');
    const may = any(
      ['s3:DeleteObject', 's3:PutObject'].map((action) => holderMay(graph, role, action, object)),
    );
    if (may.is === 'no') return [];
    const answer = all([trail.exists, may]);
    const erases = at(
      role,
      text(`${role.name} may delete from ${bucket.name}`, `${role.name}は${bucket.name}から削除できる`),
      permissionsOf(graph, role).at,
    );
    const gone = at(bucket, text('log files are deleted', 'ログファイルが削除される'));
    const guards = [
      topologyGuard('iam-least-privilege', role.id, may, { facet: 'permissions' }),
      topologyGuard('backup', bucket.id, { is: 'yes' }, { facet: 'lock' }),
    ];
    return [attackPath([...takeover(graph, workload), erases, gone], guards, answer)];
  });
  if (paths.length === 0) return [];
  return [
    {
      resources: [trail.id],
      statement: {
        cause: text(
          `roles of the application may write the bucket in which ${trail.name} lies`,
          `アプリケーションのロールが${trail.name}の保存先バケットに書き込める`,
        ),
        event: text(
          'an intruder deletes or replaces the log files',
          '侵入者がログファイルを削除・差し替える',
        ),
        effect: text('what happened can no longer be shown', '何が起きたのかを証明できなくなる'),
      },
      reaches: [bucket, graph.account],
      threat: threat(2),
      paths,
      seenBy: context.seenBy(['guardduty', 'cloudtrail']),
      controls: ['CloudTrail.4', 'CloudTrail.6', 'CloudTrail.7', 'S3.15'],
    },
  ];
}
