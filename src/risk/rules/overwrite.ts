import { arnOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isOneOf, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { holderMay, permissionsOf } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';
import { writersOf } from '../writers.ts';

/** Objects are deleted or overwritten for good. */
export const definition = riskRule({
  id: 'overwrite',
  number: 36,
  title: text('Objects overwritten or deleted for good', 'オブジェクトの上書き・削除による喪失'),
  factor: 'human-error',
  find: (context) =>
    context.graph.ofType('AWS::S3::Bucket').flatMap((bucket) => candidateFor(context, bucket)),
});

function candidateFor(context: RiskContext, bucket: Resource): readonly Candidate[] {
  const setting = get(bucket.properties, 'VersioningConfiguration', 'Status');
  const plain = all([bucket.exists, not(isOneOf(setting, ['Enabled']))]);
  if (plain.is === 'no') return [];
  const deleters = writersOf(context.graph, bucket).flatMap((workload) => {
    const may = mayDelete(context, workload.role, bucket);
    return may.is === 'no' ? [] : [{ ...workload, may }];
  });
  if (deleters.length === 0) return [];
  const reported = context.guard('backup', bucket, 'block', 'versions');
  const guards =
    reported.length > 0 ? reported : [topologyGuard('backup', bucket.id, plain, { facet: 'versions' })];
  const lost = at(
    bucket,
    text(`${bucket.name} keeps no old versions`, `${bucket.name}は旧バージョンを保持しない`),
    setting,
  );
  const paths = deleters
    .slice(0, MOST_ROLES)
    .map(({ role, may }) =>
      attackPath(
        [
          at(
            role,
            text(`${role.name} may delete objects`, `${role.name}はオブジェクトを削除できる`),
            permissionsOf(context.graph, role).at,
          ),
          lost,
        ],
        guards,
        all([plain, may]),
      ),
    );
  return [
    {
      resources: [bucket.id],
      statement: {
        cause: text(
          `${bucket.name} has no versioning, and code may delete from it`,
          `${bucket.name}にバージョニングがなく、プログラムから削除できる`,
        ),
        event: text(
          'a bug, a wrong command or an intruder deletes or overwrites objects',
          '不具合、誤操作、侵入者がオブジェクトを削除・上書きする',
        ),
        effect: text('they cannot be brought back', '元に戻せない'),
      },
      reaches: [bucket],
      threat: threat(2, text('one mistake', '一度の操作ミス')),
      paths,
      seenBy: context.seenBy(['cloudtrail', 'config']),
      controls: ['S3.14', 'S3.15'],
    },
  ];
}

const MOST_ROLES = 5;

function mayDelete(context: RiskContext, role: Resource, bucket: Resource): Answer {
  const object = arnOf(bucket, '/object');
  return any(
    ['s3:DeleteObject', 's3:PutObject'].map((action) => holderMay(context.graph, role, action, object)),
  );
}
