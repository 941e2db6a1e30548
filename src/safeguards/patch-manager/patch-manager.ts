import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { chain, type FacetPresence } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { imageRefresh } from './image-refresh.ts';
import { installs } from './installs.ts';
import { managed, pathToSystemsManager } from './managed.ts';
import { patchRemedy } from './remedy.ts';

const FACETS = {
  install: { id: 'install', name: text('installs patches', 'パッチの適用') },
  managed: { id: 'managed', name: text('managed by Systems Manager', 'Systems Managerの管理下') },
  path: { id: 'path', name: text('reaches Systems Manager', 'Systems Managerへの経路') },
} as const satisfies Record<string, FacetName>;

/**
 * AWS Systems Manager Patch Manager. Sources: Systems Manager user guide, "SSM Command document for
 * patching: AWS-RunPatchBaseline" (only the operation Install installs), "Configure instance permissions
 * required for Systems Manager" and "Improve the security of EC2 instances by using VPC endpoints".
 * Every account has default baselines: they alone patch nothing.
 */
export const definition = safeguard({
  id: 'patch-manager',
  name: text('Patch Manager', 'Patch Manager(パッチ適用)'),
  alsoKnownAs: ['SSM Patch Manager', 'Systems Manager', 'パッチマネージャー', 'パッチ適用', 'patching'],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'free',
  stops: text(
    'Attacks on known vulnerabilities of the operating system and its packages, once the patch exists and is installed (critical ones within 30 days).',
    'OSとパッケージの既知の脆弱性を突く攻撃(修正が公開され、適用されたあと。重要度が最も高いものは30日以内)。',
  ),
  doesNotStop: text(
    'Flaws without a patch, flaws of the application and its libraries, and wrong settings.',
    '修正のない脆弱性、アプリケーションとライブラリの欠陥、設定の誤り。',
  ),
  confusedWith: text(
    'Inspector finds missing patches; Patch Manager installs them.',
    'Inspectorは足りないパッチを見つけ、Patch Managerはそれを適用します。',
  ),
  facets: Object.values(FACETS),
  attachesTo: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'],
  presence: presenceAt,
  remedy: patchRemedy,
});

function presenceAt(graph: ResourceGraph, server: Resource): Presence {
  const refreshed = imageRefresh(graph, server);
  if (refreshed?.state === 'on') return refreshed;
  const facets: FacetPresence[] = [
    { facet: FACETS.install, presence: installs(graph, server) },
    { facet: FACETS.managed, presence: managed(graph, server) },
    { facet: FACETS.path, presence: pathToSystemsManager(graph, server) },
  ];
  return chain(facets);
}
