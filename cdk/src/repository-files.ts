/** The ecosystems of libraries that Dependabot knows by these names. */
export type Ecosystem =
  | 'bundler'
  | 'cargo'
  | 'composer'
  | 'docker'
  | 'github-actions'
  | 'gomod'
  | 'gradle'
  | 'maven'
  | 'npm'
  | 'nuget'
  | 'pip'
  | 'terraform'
  | 'uv';

export interface RepositoryFilesProps {
  /** What the application is written with, by folder: `{ '/': 'npm', '/infra': 'npm' }`. */
  readonly ecosystems: Readonly<Record<string, Ecosystem>>;
  /** Who reviews every change, as GitHub names or teams: `@example/developers`. */
  readonly reviewers: readonly string[];
  /** Languages that CodeQL reviews: `javascript-typescript`, `python`, `ruby`, `java-kotlin`, `go`, `csharp`. */
  readonly codeqlLanguages?: readonly string[];
}

/**
 * Files for the application's repository: `.github/dependabot.yml`, `.github/CODEOWNERS`, a workflow that reviews code
 * with CodeQL, and the rule for the main branch. Returned as text by path, for you to write and review.
 *
 * - Stops: libraries with known vulnerabilities, and flaws that a second pair of eyes or a scanner sees.
 * - Attaches to: the repository on GitHub. - Costs: nothing for public repositories; CodeQL needs GitHub Advanced
 *   Security in private ones.
 * - Limits: alerts, security updates and the branch rule are settings: apply `.github/main-branch-rule.json` with
 *   `gh api --method POST repos/OWNER/NAME/rulesets --input .github/main-branch-rule.json`, and switch on alerts with
 *   `gh api --method PUT repos/OWNER/NAME/vulnerability-alerts` and `…/automated-security-fixes`. AWS CodeGuru
 *   Reviewer takes no new repositories since November 2025 and is not proposed.
 */
export function repositoryFiles(props: RepositoryFilesProps): Readonly<Record<string, string>> {
  if (props.reviewers.length === 0) throw new Error('reviewers: name somebody who reviews changes');
  const languages = props.codeqlLanguages ?? [];
  return {
    '.github/dependabot.yml': dependabot(props.ecosystems),
    '.github/CODEOWNERS': codeOwners(props.reviewers),
    '.github/main-branch-rule.json': `${JSON.stringify(branchRule(languages.length > 0), null, 2)}\n`,
    ...(languages.length > 0 ? { '.github/workflows/code-review.yml': codeReview(languages) } : {}),
  };
}

function dependabot(ecosystems: Readonly<Record<string, Ecosystem>>): string {
  const entries = { ...ecosystems, '/ ': 'github-actions' as const };
  const updates = Object.entries(entries).map(([folder, ecosystem]) =>
    [
      `  - package-ecosystem: ${ecosystem}`,
      `    directory: ${JSON.stringify(folder.trim())}`,
      '    schedule:',
      '      interval: weekly',
      '    groups:',
      '      minor-and-patch:',
      '        update-types: [minor, patch]',
    ].join('\n'),
  );
  return `# Proposes updates of libraries every week; security updates come at once.\nversion: 2\nupdates:\n${updates.join('\n')}\n`;
}

function codeOwners(reviewers: readonly string[]): string {
  const names = reviewers.join(' ');
  return `# Every change is reviewed; changes of what protects the application by the same people.\n* ${names}\n/.github/ ${names}\n`;
}

/** A ruleset of GitHub: changes of the main branch come by pull requests that an owner of the code approved. */
function branchRule(withCodeQl: boolean): object {
  return {
    name: 'main is reviewed',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: true,
          require_last_push_approval: true,
          required_review_thread_resolution: true,
        },
      },
      ...(withCodeQl
        ? [
            {
              type: 'code_scanning',
              parameters: {
                code_scanning_tools: [
                  { tool: 'CodeQL', security_alerts_threshold: 'high_or_higher', alerts_threshold: 'errors' },
                ],
              },
            },
          ]
        : []),
    ],
  };
}

function codeReview(languages: readonly string[]): string {
  return `name: code review
on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: '0 3 * * 1'
permissions: {}
jobs:
  codeql:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write
    strategy:
      fail-fast: false
      matrix:
        language: [${languages.join(', ')}]
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: github/codeql-action/init@v4
        with:
          languages: \${{ matrix.language }}
          queries: security-extended
      - uses: github/codeql-action/analyze@v4
`;
}
