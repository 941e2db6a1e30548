import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { isTrue, undecided } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { runCommand } from '../edits.ts';
import { presenceOf, rollUp, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const REPOSITORY = 'Repository::Repository';

interface Setting {
  readonly facet: FacetName;
  readonly property: string;
  readonly what: Text;
}

const SETTINGS: readonly Setting[] = [
  {
    facet: { id: 'version-updates', name: text('version updates', 'バージョン更新') },
    property: 'DependabotVersionUpdates',
    what: text('the file .github/dependabot.yml', 'ファイル.github/dependabot.yml'),
  },
  {
    facet: { id: 'alerts', name: text('alerts', 'アラート') },
    property: 'DependabotAlerts',
    what: text('Dependabot alerts', 'Dependabotアラート'),
  },
  {
    facet: { id: 'security-updates', name: text('security updates', 'セキュリティ更新') },
    property: 'DependabotSecurityUpdates',
    what: text('Dependabot security updates', 'Dependabotセキュリティ更新'),
  },
];

/**
 * Dependabot (or another bot that proposes updates) of the application's repository. The file in the
 * repository covers version updates only; alerts and security updates are settings of the host. Source:
 * GitHub documentation, "Dependabot quickstart guide".
 */
export const definition = safeguard({
  id: 'dependabot',
  name: text('Dependabot (updates of libraries)', 'Dependabot(ライブラリの更新)'),
  alsoKnownAs: ['Dependabot', 'ディペンダボット', 'Renovate', 'dependency updates', '依存ライブラリの更新'],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'free',
  stops: text(
    'Known vulnerabilities in libraries that the application uses: it proposes the update as a pull request.',
    'アプリケーションが使うライブラリの既知の脆弱性(更新をプルリクエストで提案します)。',
  ),
  doesNotStop: text(
    'Anything, until the pull request is merged and released; flaws of your own code; packages of the operating system.',
    'プルリクエストをマージしてリリースするまでは防げません。自社コードの欠陥やOSのパッケージも対象外です。',
  ),
  confusedWith: text(
    'Dependabot looks at libraries in the repository, Inspector at what runs, code review at your own code.',
    'Dependabotはリポジトリのライブラリ、Inspectorは稼働中のもの、コードレビューは自社のコードを見ます。',
  ),
  facets: SETTINGS.map(({ facet }) => facet),
  attachesTo: [ACCOUNT_TYPE, REPOSITORY],
  presence: presenceAt,
  remedy: (): Remedy => ({
    summary: text(
      'Turn on Dependabot alerts and security updates, and add .github/dependabot.yml for version updates.',
      'Dependabotアラートとセキュリティ更新を有効にし、バージョン更新用に.github/dependabot.ymlを追加します。',
    ),
    edits: [
      runCommand('gh api --method PUT repos/OWNER/REPOSITORY/vulnerability-alerts'),
      runCommand('gh api --method PUT repos/OWNER/REPOSITORY/automated-security-fixes'),
    ],
    needs: [text('administrator rights in the repository', 'リポジトリの管理者権限')],
  }),
});

/** The account stands for the application while no repository was read. */
function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  if (place.type === REPOSITORY) {
    return rollUp(
      SETTINGS.map((setting) => ({ facet: setting.facet, presence: settingPresence(place, setting) })),
    );
  }
  if (graph.ofType(REPOSITORY).length > 0) return undefined;
  return unsure(
    text(
      "the application's repository was not read; find out with: gh api repos/OWNER/REPOSITORY/vulnerability-alerts (Terraform: github_repository)",
      'アプリケーションのリポジトリは読み取り対象外です。確認するコマンド: gh api repos/OWNER/REPOSITORY/vulnerability-alerts(Terraformではgithub_repository)',
    ),
  );
}

function settingPresence(repository: Resource, { property: name, what }: Setting): Presence {
  const value = property(repository, name);
  return presenceOf(
    isTrue(value, undecided(value)),
    {
      on: text(`${what.en}: on`, `${what.ja}: 有効`),
      off: text(`${what.en}: off`, `${what.ja}: 無効`),
      unknown: text(`${what.en}: a setting of the host`, `${what.ja}: ホスト側の設定です`),
    },
    value,
  );
}
