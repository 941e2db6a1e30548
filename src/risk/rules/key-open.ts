import { arnOf, outsiderMay } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** A key policy lets every AWS account use the key. */
export const definition = riskRule({
  id: 'key-open',
  number: 26,
  title: text('Encryption key open to every AWS account', 'すべてのAWSアカウントに開かれた暗号鍵'),
  factor: 'credential-leak',
  find: (context) => context.graph.ofType('AWS::KMS::Key').flatMap((key) => candidateFor(context, key)),
});

function candidateFor(context: RiskContext, key: Resource): readonly Candidate[] {
  const policy = get(key.properties, 'KeyPolicy');
  const answer = all([key.exists, outsiderMay(policy, 'kms:Decrypt', arnOf(key), context.graph)]);
  if (answer.is === 'no') return [];
  const guard = topologyGuard('kms', key.id, answer, { facet: 'policy' });
  const what = text(
    `the key policy of ${key.name} admits strangers`,
    `${key.name}のキーポリシーが第三者を許可している`,
  );
  const encrypted = context.graph.referrers(key).map(({ resource }) => resource);
  return [
    {
      resources: [key.id],
      statement: {
        cause: text(
          `the key policy of ${key.name} names everybody`,
          `${key.name}のキーポリシーが全員を許可している`,
        ),
        event: text(
          'somebody with any AWS account decrypts with it, or locks you out',
          'AWSアカウントを持つ誰かが復号に使う、または利用できなくする',
        ),
        effect: text('encryption with this key protects nothing', 'この鍵による暗号化が意味を失う'),
      },
      reaches: [key, ...encrypted],
      threat: threat(2, text('the ciphertext is needed too', '暗号文も入手する必要がある')),
      paths: [factPath(key, { what, at: policy }, [guard], answer)],
      seenBy: context.seenBy(['cloudtrail', 'access-analyzer']),
      controls: ['KMS.5'],
      avoid: {
        guards: [guard],
        reason: text(
          'name your own account and roles in the key policy',
          'キーポリシーを自アカウントとロールに限定すれば、リスク自体がなくなる',
        ),
      },
    },
  ];
}
