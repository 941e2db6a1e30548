import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { someItem, undecided, YES } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { showValue } from '../../model/value.ts';
import { declared } from '../account-service.ts';
import { on, partial, presenceOf, providedBy, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const REPOSITORY = 'Repository::Repository';

/**
 * Automatic review of the application's own code. Sources: Amazon CodeGuru Reviewer user guide (no new
 * associations since November 2025, so it is never proposed); Amazon Inspector user guide, "Amazon Inspector
 * code security"; GitHub documentation, "About code scanning with CodeQL".
 */
export const definition = safeguard({
  id: 'code-review',
  name: text('Automatic code review', 'コードの自動レビュー'),
  alsoKnownAs: [
    'CodeGuru Reviewer',
    'Code Guru Reviewer',
    'CodeGuru',
    'CodeQL',
    'Semgrep',
    'SAST',
    '静的解析',
    'コードレビュー',
  ],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'free',
  stops: text(
    'Typical flaws of your own code (injection, missing escaping, secrets in the source) before they are released.',
    '自社コードの典型的な欠陥(インジェクション、エスケープ漏れ、ソースに書かれた秘密情報)がリリースされること。',
  ),
  doesNotStop: text(
    'Flaws of the design and of libraries, and findings that nobody mends.',
    '設計やライブラリの欠陥と、修正されない指摘。',
  ),
  confusedWith: text(
    'Code review reads your code, Dependabot your libraries. CodeGuru Reviewer takes no new repositories since November 2025.',
    'コードレビューは自社のコード、Dependabotはライブラリを調べます。CodeGuru Reviewerは2025年11月以降、新しいリポジトリを受け付けません。',
  ),
  attachesTo: [ACCOUNT_TYPE, REPOSITORY],
  presence: presenceAt,
  remedy: (): Remedy => ({
    summary: text(
      'Run a code scanner on every pull request: CodeQL or Semgrep in the workflow, or Inspector code security.',
      'プルリクエストごとにコードスキャナーを動かします(ワークフローでのCodeQLやSemgrep、またはInspectorのコードセキュリティ)。',
    ),
    edits: [],
    needs: [text('a workflow file in the repository', 'リポジトリのワークフローファイル')],
  }),
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  if (place.type === REPOSITORY) return ofRepository(graph, place);
  const inspector = inspectorCode(graph);
  if (inspector) return inspector;
  const codeGuru = ofCodeGuru(graph);
  if (codeGuru) return codeGuru;
  if (graph.ofType(REPOSITORY).length > 0) return undefined;
  return unsure(
    text(
      "the application's repository was not read; find out with: gh api repos/OWNER/REPOSITORY/code-scanning/analyses",
      'アプリケーションのリポジトリは読み取り対象外です。確認するコマンド: gh api repos/OWNER/REPOSITORY/code-scanning/analyses',
    ),
  );
}

function ofRepository(graph: ResourceGraph, repository: Resource): Presence {
  const inspector = inspectorCode(graph);
  if (inspector?.state === 'on') return inspector;
  const tools = property(repository, 'CodeScanning');
  if (tools.kind === 'absent') {
    return unsure(text('which scanners run is not known', 'どのスキャナーが動くか分かりません'), [tools]);
  }
  return presenceOf(
    tools.kind === 'unknown' ? undecided(tools) : someItem(tools, () => YES),
    {
      on: text(`scanned by ${showValue(tools)}`, `${showValue(tools)}で検査されます`),
      off: text('no scanner runs', 'スキャナーが動いていません'),
      unknown: text('which scanners run is not decided', 'スキャナーが未確定です'),
    },
    tools,
  );
}

function inspectorCode(graph: ResourceGraph): Presence | undefined {
  const [integration] = declared(graph, 'AWS::InspectorV2::CodeSecurityIntegration');
  const [scan] = declared(graph, 'AWS::InspectorV2::CodeSecurityScanConfiguration');
  if (!integration || !scan) return undefined;
  return providedBy(
    integration,
    providedBy(
      scan,
      on(
        text(
          'Inspector code security scans the repositories',
          'Inspectorのコードセキュリティがリポジトリを検査します',
        ),
      ),
    ),
  );
}

function ofCodeGuru(graph: ResourceGraph): Presence | undefined {
  const [association] = declared(graph, 'AWS::CodeGuruReviewer::RepositoryAssociation');
  return (
    association &&
    providedBy(
      association,
      partial(
        text(
          `${association.name} works only if it was made before November 2025; a new stack cannot create it`,
          `${association.name}は2025年11月より前に作成されたものだけが動きます(新しいスタックでは作成できません)`,
        ),
      ),
    )
  );
}
