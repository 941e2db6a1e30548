/**
 * The import matrix of the house: who may import whom. Fails on a violation, and also when the checker
 * saw fewer modules than exist (a parser that reads nothing reports no violation).
 */
import { readdirSync } from 'node:fs';
import { cruise, type IFlattenedRuleSet } from 'dependency-cruiser';

/** Each folder of src/ with the folders it may import from (always itself). */
export const MATRIX: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  model: ['kernel'],
  iam: ['kernel', 'model'],
  scan: ['kernel', 'model'],
  envelope: ['kernel'],
  store: ['kernel', 'model'],
  keeper: ['kernel', 'model'],
  bus: ['kernel', 'model', 'store', 'iam', 'scan'],
  sources: ['kernel', 'model', 'store', 'iam', 'scan'],
  environment: ['kernel', 'model', 'store', 'iam', 'scan', 'bus', 'sources'],
  controls: ['kernel', 'model', 'iam', 'scan', 'sources', 'environment'],
  safeguards: ['kernel', 'model', 'iam', 'scan', 'sources', 'environment'],
  risk: ['kernel', 'model', 'iam', 'scan', 'sources', 'environment', 'controls', 'safeguards'],
  map: ['kernel', 'model', 'iam', 'environment', 'controls', 'safeguards', 'risk'],
  fix: ['kernel', 'model', 'iam', 'sources', 'environment', 'controls', 'safeguards', 'risk'],
  decisions: ['kernel', 'model', 'store', 'bus', 'environment', 'controls', 'safeguards', 'risk'],
  report: ['kernel', 'model', 'environment', 'controls', 'safeguards', 'risk', 'map', 'fix', 'decisions'],
  wire: ['kernel', 'model', 'iam', 'store', 'bus'],
  platform: ['kernel', 'model', 'iam', 'store', 'bus', 'keeper', 'wire'],
  services: ['kernel', 'model', 'iam', 'scan', 'store', 'bus', 'keeper', 'wire', 'platform'],
  edge: ['kernel', 'model', 'iam', 'scan', 'store', 'bus', 'wire', 'platform'],
  volume: ['kernel', 'envelope'],
  api: ['*'],
  cli: ['*'],
};

const FOLDERS = Object.keys(MATRIX);

/** Folders that `api` and `cli` may not be imported from by each other are left open: both sit on top. */
function forbiddenRules(): NonNullable<IFlattenedRuleSet['forbidden']> {
  const rules: NonNullable<IFlattenedRuleSet['forbidden']> = [
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'unresolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'services-never-import-each-other',
      severity: 'error',
      from: { path: '^src/services/([^/]+)/' },
      to: { path: '^src/services/([^/]+)/', pathNot: '^src/services/$1/' },
    },
    {
      name: 'assess-loads-no-wire',
      severity: 'error',
      from: { path: '^src/cli/assess' },
      to: { path: '^src/(wire|platform|services|edge|api)/', reachable: true },
    },
    {
      name: 'sql-only-in-store',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: '^(node:sqlite|node_modules/pg/)' },
    },
    {
      name: 'keys-stay-in-the-keeper',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/keeper/' },
      to: { path: '^src/keeper/', pathNot: '^src/keeper/(client/|testing\\.ts$)' },
    },
    {
      name: 'no-development-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ];
  for (const [folder, allowed] of Object.entries(MATRIX)) {
    if (allowed.includes('*')) continue;
    const open = [folder, ...allowed].join('|');
    rules.push({
      name: `${folder}-imports-only-below`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: '\\.(e2e|integration)\\.test\\.ts$' },
      to: { path: '^src/', pathNot: `^src/(${open})/` },
    });
  }
  rules.push({
    name: 'every-folder-is-in-the-matrix',
    severity: 'error',
    from: {},
    to: { path: '^src/[^/]+', pathNot: `^src/(${FOLDERS.join('|')})/` },
  });
  return rules;
}

/** Cruises src/ and returns violations as lines, with the numbers of modules seen and existing. */
export async function checkImports(): Promise<{ violations: string[]; seen: number; existing: number }> {
  const existing = readdirSync('src', { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts'),
  ).length;
  const result = await cruise(['src'], {
    validate: true,
    ruleSet: { forbidden: forbiddenRules() },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    cache: { folder: 'node_modules/.cache/honmaru/imports', strategy: 'content' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  });
  if (typeof result.output === 'string') throw new Error('dependency-cruiser answered in text');
  const { summary, modules } = result.output;
  return {
    violations: summary.violations.map((each) => `${each.rule.name}: ${each.from} -> ${each.to}`),
    seen: modules.filter((module) => module.source.startsWith('src/')).length,
    existing,
  };
}

if (import.meta.main) {
  const { violations, seen, existing } = await checkImports();
  for (const line of violations) console.error(line);
  if (seen < existing) console.error(`the import checker saw ${seen} of ${existing} modules`);
  if (violations.length > 0 || seen < existing) process.exit(1);
  console.log(`imports: ${seen} modules, 0 violations`);
}
