import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { chain, type FacetPresence, off, on } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { permissionsOf } from './permissions.ts';
import { trustOf } from './trust.ts';

const FACETS = {
  permissions: { id: 'permissions', name: text('permissions', '権限') },
  trust: { id: 'trust', name: text('who may take the role', 'ロールを引き受けられる相手') },
  keys: { id: 'keys', name: text('long-lived keys', '長期のアクセスキー') },
  boundary: { id: 'boundary', name: text('permissions boundary', 'アクセス許可の境界') },
} as const satisfies Record<string, FacetName>;

/**
 * Policies that grant no more than is needed. Source: IAM user guide, "Security best practices in IAM",
 * "Permissions boundaries for IAM entities", "The confused deputy problem" (ExternalId) and "Create a role
 * for OpenID Connect federation" (the `sub` condition).
 */
export const definition = safeguard({
  id: 'iam-least-privilege',
  name: text('Least privilege in IAM', 'IAMの最小権限'),
  alsoKnownAs: [
    'IAM',
    '最小権限',
    '最小限の法則',
    'least privilege',
    'IAMロール',
    'IAMポリシー',
    'permissions boundary',
  ],
  factor: 'credential-leak',
  effect: 'limit',
  price: 'free',
  stops: text(
    'What stolen credentials or a compromised server could do beyond their job.',
    '盗まれた認証情報や侵害されたサーバーが、本来の役割を超えて行える操作。',
  ),
  doesNotStop: text(
    'Misuse of what is really needed, and the theft itself.',
    '本当に必要な権限の悪用と、認証情報の窃取そのもの。',
  ),
  confusedWith: text(
    'Least privilege is the state; Access Analyzer and Access Advisor help to get there.',
    '最小権限は「状態」で、Access AnalyzerとAccess Advisorはそこに近づくための道具です。',
  ),
  facets: Object.values(FACETS),
  attachesTo: ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, holder: Resource): Presence {
  const boundary = property(holder, 'PermissionsBoundary');
  const facets: FacetPresence[] = [{ facet: FACETS.permissions, presence: permissionsOf(graph, holder) }];
  if (holder.type === 'AWS::IAM::Role')
    facets.push({ facet: FACETS.trust, presence: trustOf(graph, holder) });
  if (holder.type === 'AWS::IAM::User') facets.push({ facet: FACETS.keys, presence: keysOf(graph, holder) });
  facets.push({
    facet: FACETS.boundary,
    informative: true,
    presence:
      boundary.kind === 'absent'
        ? off(text('no boundary', '境界はありません'))
        : on(text('a boundary limits it', '境界で制限されています'), boundary),
  });
  return chain(facets);
}

function keysOf(graph: ResourceGraph, user: Resource): Presence {
  const [key] = graph.referrersOfType(user, 'AWS::IAM::AccessKey');
  return key
    ? off(
        text(`${key.name} is an access key that never expires`, `${key.name}は期限のないアクセスキーです`),
        key.properties,
      )
    : on(text('no access key is declared', 'アクセスキーは宣言されていません'));
}

function remedyAt(graph: ResourceGraph, holder: Resource): Remedy {
  const weak = [
    permissionsOf(graph, holder),
    ...(holder.type === 'AWS::IAM::Role' ? [trustOf(graph, holder)] : []),
  ].filter((each) => each.state !== 'on');
  return {
    summary: text(
      'Name the actions and resources that are needed, and who may take the role.',
      '必要な操作とリソース、ロールを引き受けられる相手を具体的に指定します。',
    ),
    edits: [],
    needs: [
      ...weak.map((each) => each.because),
      text(
        'what is really used: the last accessed information of IAM (Access Advisor) and the policy generation of Access Analyzer tell',
        '実際に使われている操作(IAMの最終アクセス情報=Access Advisorと、Access Analyzerのポリシー生成で確認できます)',
      ),
    ],
  };
}
