import { bucketReach } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** Anybody writes objects into a bucket. */
export const definition = riskRule({
  id: 'bucket-public-write',
  number: 21,
  title: text('Bucket writable by anybody', '誰でも書き込めるバケット'),
  factor: 'vulnerability',
  find: (context) =>
    context.graph.ofType('AWS::S3::Bucket').flatMap((bucket) => candidateFor(context, bucket)),
});

function candidateFor(context: RiskContext, bucket: Resource): readonly Candidate[] {
  const reach = bucketReach(context.graph, bucket, 'write');
  if (reach.paths.length === 0) return [];
  const guard = topologyGuard('s3-block-public-access', bucket.id, reach.answer);
  const written = at(
    bucket,
    text(`objects of ${bucket.name} are replaced`, `${bucket.name}のオブジェクトが置き換えられる`),
  );
  return [
    {
      resources: [bucket.id],
      statement: {
        cause: text(
          `policy or ACL of ${bucket.name} lets everybody write`,
          `${bucket.name}のポリシーまたはACLが全員に書き込みを許可している`,
        ),
        event: text(
          'a stranger replaces files, or stores illegal content at your cost',
          '第三者がファイルを差し替える、または違法なコンテンツを置く',
        ),
        effect: text(
          'users receive malware, data is lost, and the bill grows',
          '利用者へのマルウェア配布、データの喪失、料金の増大',
        ),
      },
      reaches: [bucket],
      threat: threat(3),
      paths: reach.paths.map((path) => attackPath([...path.hops, written], [guard], path.answer)),
      seenBy: context.seenBy(['cloudtrail', 'access-analyzer', 'guardduty'], [bucket]),
      controls: ['S3.1', 'S3.3', 'S3.8', 'S3.12'],
      avoid: {
        guards: [guard],
        reason: text(
          'nobody needs it: uploads of users go through presigned URLs',
          '利用者のアップロードは署名付きURLで足りるため、公開書き込みをやめればリスク自体がなくなる',
        ),
      },
    },
  ];
}
