/**
 * Fixes other people's templates and proves it: each is planned as a whole account, the result is written down,
 * read as a stranger's file and planned again. A template fails where a second run still finds an edit, where a
 * control fails on a resource that was there and did not fail before, or where the result cannot be read.
 *
 * `--reasons` lists why places were refused, the most frequent first.
 *
 *     node conformance/fix.ts [--corpora DIR] [--fetched DIR] [--verbose] [--reasons]
 */
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { planFix } from '../src/fix/plan/plan.ts';
import { assess } from '../src/risk/assess.ts';
import { compareAssessments } from '../src/risk/compare.ts';
import { fetchedRepository, filesBelow } from './fetched.ts';
import { corporaFolder, endFailed } from './given.ts';
import { CORPORA_FILES, readIacExamples } from './posture/corpus.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    fetched: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    reasons: { type: 'boolean', default: false },
  },
});

const ANSWERS = {
  domain: 'shop.example.com',
  email: 'security@example.com',
  values: new Map([['MonthlyBudgetDollars', '100']]),
  acceptedCosts: new Set(['network-firewall', 'shield']),
};

const folder = mkdtempSync(join(tmpdir(), 'honmaru-conformance-fix-'));
const reasons = new Map<string, readonly string[]>();
const REPOSITORIES = ['aws-cloudformation/aws-cloudformation-templates', 'bridgecrewio/cfngoat'];
const missing: string[] = [];
const count = { seen: 0, edited: 0, failed: 0, changes: 0, refused: 0 };

try {
  const corpora = corporaFolder(values.corpora, CORPORA_FILES);
  if (corpora !== undefined) {
    for (const { id, input, text } of readIacExamples(corpora)) {
      const json = text.trimStart().startsWith('{');
      const name = input === 'terraform' ? 'main.tf' : json ? 'example.json' : 'example.yaml';
      const own = mkdtempSync(join(folder, 'example-'));
      writeFileSync(join(own, name), text);
      await prove(`iac-examples ${id}`, input === 'terraform' ? own : join(own, name));
    }
  }
  for (const repository of REPOSITORIES) {
    const checkout = fetchedRepository(values.fetched, repository);
    if (!checkout) missing.push(repository);
    if (!checkout) console.log(`SKIPPED, NOT RUN: ${repository} (--fetched DIR)`);
    else for (const path of filesBelow(checkout, /\.(?:ya?ml|json|template)$/)) await prove(path, path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (values.fetched !== undefined && missing.length === REPOSITORIES.length) {
  endFailed(`--fetched ${values.fetched}: neither ${missing.join(' nor ')} is below it`);
}
const { seen, edited, failed, changes, refused } = count;
console.log(
  `fix: ${seen} templates, ${edited} edited with ${changes} changes, ${refused} places refused, ${failed} failed`,
);
if (values.reasons) {
  for (const [why, names] of [...reasons].toSorted(([, a], [, b]) => b.length - a.length)) {
    console.log(`${String(names.length).padStart(5)}  ${why}  (${names[0]})`);
  }
}
if (failed > 0 || seen === 0) process.exitCode = 1;

async function planOf(path: string) {
  const read = {
    paths: [path],
    parameters: new Map<string, string>(),
    scope: 'account' as const,
    asOf: '2026-01-01T00:00:00.000Z',
    cwd: folder,
  };
  return planFix({ read, answers: ANSWERS, wanted: () => true });
}

async function prove(name: string, path: string): Promise<void> {
  const plan = await planOf(path);
  count.seen += 1;
  for (const { outcome, safeguard, reason } of plan.changes) {
    if (outcome !== 'refused') continue;
    count.refused += 1;
    const why = `${safeguard}: ${reason?.en}`;
    reasons.set(why, [...(reasons.get(why) ?? []), name]);
  }
  if (plan.edited.size === 0) return;
  count.edited += 1;
  count.changes += plan.changes.filter(({ edits }) => edits.length > 0).length;
  const problems: string[] = [];
  const [before, after] = [await assess(plan.before), await assess(plan.after)];
  const there = new Set(before.environment.resources.map(({ id }) => id));
  for (const { control, resource } of compareAssessments(before, after).findings.failing) {
    if (there.has(resource)) problems.push(`${control} fails on ${resource}`);
  }
  const unreadable = ({ notAnalysed }: typeof plan.after) =>
    notAnalysed.filter(({ kind }) => kind === 'input').length;
  if (unreadable(plan.after) > unreadable(plan.before)) problems.push('the result cannot be read');
  const own = mkdtempSync(join(folder, 'again-'));
  if (statSync(path).isDirectory()) cpSync(path, own, { recursive: true });
  for (const [file, { text }] of plan.edited) writeFileSync(join(own, basename(file)), text);
  const again = await planOf(statSync(path).isDirectory() ? own : join(own, basename(path)));
  rmSync(own, { recursive: true });
  if (again.edited.size > 0) problems.push('a second run still finds an edit');
  if (problems.length > 0) count.failed += 1;
  if (problems.length > 0 || values.verbose) console.log(`${name}: ${problems.join('; ') || 'fine'}`);
}
