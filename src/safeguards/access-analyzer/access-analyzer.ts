import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { ask } from '../../model/answer.ts';
import { REGION_TYPE } from '../../model/resource.ts';
import { stringFrom } from '../../model/value.ts';
import { notDeclared } from '../absence.ts';
import { declared } from '../account-service.ts';
import { addResource } from '../edits.ts';
import { presenceOf, providedBy, rollUp, strongest } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

interface Kind {
  readonly facet: FacetName;
  readonly types: readonly string[];
  readonly what: ReturnType<typeof text>;
}

const KINDS: readonly Kind[] = [
  {
    facet: { id: 'external', name: text('external access', '外部アクセス') },
    types: ['ACCOUNT', 'ORGANIZATION'],
    what: text('analyzer of external access', '外部アクセスのアナライザー'),
  },
  {
    facet: { id: 'internal', name: text('internal access', '内部アクセス') },
    types: ['ACCOUNT_INTERNAL_ACCESS', 'ORGANIZATION_INTERNAL_ACCESS'],
    what: text('analyzer of internal access', '内部アクセスのアナライザー'),
  },
  {
    facet: { id: 'unused', name: text('unused access', '未使用アクセス') },
    types: ['ACCOUNT_UNUSED_ACCESS', 'ORGANIZATION_UNUSED_ACCESS'],
    what: text('analyzer of unused access', '未使用アクセスのアナライザー'),
  },
];

/**
 * IAM Access Analyzer of the region: analyzers of three kinds. The state is that of external access, which
 * is free; the other two are paid per role or resource and told as facets. Source: IAM user guide, "Using
 * AWS Identity and Access Management Access Analyzer"; CloudFormation, "AWS::AccessAnalyzer::Analyzer".
 */
export const definition = safeguard({
  id: 'access-analyzer',
  name: text('IAM Access Analyzer', 'IAM Access Analyzer'),
  alsoKnownAs: ['Access Analyzer', 'IAM Access Analizer', 'Access Analizer', 'アクセスアナライザー'],
  factor: 'credential-leak',
  effect: 'detect',
  price: 'free',
  stops: text(
    'Nothing by itself: it proves from the policies which buckets, roles, keys, functions, queues and secrets admit somebody outside.',
    'それ自体は何も止めません。どのバケット・ロール・鍵・関数・キュー・シークレットが外部に許可されているかを、ポリシーから証明して知らせます。',
  ),
  doesNotStop: text(
    'The access; and what insiders may do, unless the paid analyzers are on.',
    'アクセスそのものと、(有料のアナライザーを使わない限り)内部の者の権限。',
  ),
  confusedWith: text(
    'Access Analyzer reads policies: who could. Access Advisor reads usage: who did.',
    'Access Analyzerはポリシーから「誰ができるか」を、Access Advisorは履歴から「誰が使ったか」を示します。',
  ),
  facets: KINDS.map(({ facet }) => facet),
  attachesTo: [REGION_TYPE],
  presence: (graph) =>
    rollUp(
      KINDS.map((kind) => ({
        facet: kind.facet,
        presence: ofKind(graph, kind),
        informative: kind.facet.id !== 'external',
      })),
    ),
  remedy: () => ({
    summary: text(
      'Create an analyzer of external access in the region (free).',
      'リージョンに外部アクセスのアナライザーを作成します(無料)。',
    ),
    edits: [addResource('ExternalAccessAnalyzer', 'AWS::AccessAnalyzer::Analyzer', { Type: 'ACCOUNT' })],
  }),
});

function ofKind(graph: ResourceGraph, { types, what }: Kind): Presence {
  const presences = declared(graph, 'AWS::AccessAnalyzer::Analyzer').flatMap((analyzer) => {
    const type = property(analyzer, 'Type');
    const fits = ask(type, (each) => types.includes(stringFrom(each) ?? ''));
    if (fits.is === 'no') return [];
    return [
      providedBy(
        analyzer,
        presenceOf(
          fits,
          {
            on: text(`${analyzer.name} is an ${what.en}`, `${analyzer.name}は${what.ja}です`),
            off: text(`no ${what.en}`, `${what.ja}がありません`),
            unknown: text(
              `the type of ${analyzer.name} is not decided`,
              `${analyzer.name}の種類が未確定です`,
            ),
          },
          type,
        ),
      ),
    ];
  });
  return strongest(presences) ?? notDeclared(graph, { what, command: 'aws accessanalyzer list-analyzers' });
}
