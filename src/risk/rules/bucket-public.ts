import { bucketReach } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** Anybody reads the objects of a bucket. */
export const definition = riskRule({
  id: 'bucket-public',
  number: 20,
  title: text('Bucket readable by anybody', 'バケットの公開'),
  factor: 'credential-leak',
  find: (context) =>
    context.graph.ofType('AWS::S3::Bucket').flatMap((bucket) => candidateFor(context, bucket)),
});

function candidateFor(context: RiskContext, bucket: Resource): readonly Candidate[] {
  const reach = bucketReach(context.graph, bucket, 'read');
  if (reach.paths.length === 0) return [];
  const guard = topologyGuard('s3-block-public-access', bucket.id, reach.answer);
  const read = at(
    bucket,
    text(`objects of ${bucket.name} are read`, `${bucket.name}のオブジェクトが読み取られる`),
  );
  return [
    {
      resources: [bucket.id],
      statement: {
        cause: text(
          `policy or ACL of ${bucket.name} admits everybody and nothing blocks public access`,
          `${bucket.name}のポリシーまたはACLが全員に開かれ、パブリックアクセスがブロックされていない`,
        ),
        event: text(
          'a stranger lists or guesses object names and downloads them',
          '第三者がオブジェクト名を列挙・推測してダウンロードする',
        ),
        effect: text('what the bucket holds is disclosed', 'バケット内の情報が流出する'),
      },
      reaches: [bucket],
      threat: threat(3),
      paths: reach.paths.map((path) => attackPath([...path.hops, read], [guard], path.answer)),
      seenBy: context.seenBy(['macie', 'access-analyzer', 'guardduty', 'security-hub'], [bucket]),
      controls: ['S3.1', 'S3.2', 'S3.8', 'S3.12'],
      avoid: {
        guards: [guard],
        reason: text(
          'block public access; give out what must be public through CloudFront',
          'パブリックアクセスをブロックし、公開が必要なものはCloudFront経由で配信すれば、リスク自体がなくなる',
        ),
      },
    },
  ];
}
