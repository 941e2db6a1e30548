import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { definition as accessAnalyzer } from '../access-analyzer/access-analyzer.ts';
import { runCommand } from '../edits.ts';
import { on, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';

/**
 * IAM's last accessed information and the proposals that come from it. The data is always there; whether
 * somebody uses it is a process, unless an analyzer of unused access does. Source: IAM user guide, "Refine
 * permissions in AWS using last accessed information" and "IAM Access Analyzer policy generation".
 */
export const definition = safeguard({
  id: 'access-advisor',
  name: text('IAM Access Advisor (last accessed information)', 'IAM Access Advisor(最終アクセス情報)'),
  alsoKnownAs: ['Access Advisor', 'アクセスアドバイザー', 'last accessed', '最終アクセス情報'],
  factor: 'credential-leak',
  effect: 'limit',
  price: 'free',
  stops: text(
    'Permissions that pile up unused: it shows what was last used when, so that the rest can be taken away.',
    '使われない権限の蓄積(最後にいつ何が使われたかが分かり、残りを取り除けます)。',
  ),
  doesNotStop: text(
    'Anything, until somebody takes the unused permissions away.',
    '使われていない権限を実際に取り除くまでは、何も防ぎません。',
  ),
  confusedWith: text(
    'Access Advisor shows what was used; Access Analyzer shows what a policy would allow.',
    'Access Advisorは使われた権限を、Access Analyzerはポリシーが許す範囲を示します。',
  ),
  attachesTo: [ACCOUNT_TYPE],
  presence: presenceAt,
  remedy: () => ({
    summary: text(
      'Look at the last accessed services of each role every quarter and take away what is not used.',
      '四半期ごとに各ロールの最終アクセス情報を確認し、使われていない権限を取り除きます。',
    ),
    edits: [
      runCommand('aws iam generate-service-last-accessed-details --arn ROLE_ARN'),
      runCommand('aws iam get-service-last-accessed-details --job-id JOB_ID'),
    ],
  }),
});

function presenceAt(graph: ResourceGraph, _: Resource): Presence {
  const analyzer = accessAnalyzer.presence(graph, graph.region);
  const unused = analyzer?.facets?.find((facet) => facet.id === 'unused');
  if (unused?.state === 'on') {
    return {
      ...on(
        text(
          'an analyzer of unused access reports what is not used',
          '未使用アクセスのアナライザーが使われていない権限を報告します',
        ),
      ),
      ...(analyzer?.basis ? { basis: analyzer.basis } : {}),
    };
  }
  return unsure(
    text(
      'the data is always there; whether somebody acts on it no template shows: aws iam get-service-last-accessed-details (declare it in honmaru.yaml)',
      'データは常にありますが、活用しているかはテンプレートから分かりません: aws iam get-service-last-accessed-details(honmaru.yamlで宣言できます)',
    ),
  );
}
