/**
 * Runs other people's test material against our controls: the test cases of the AWS Guard rules registry
 * (rules named like AWS Config managed rules) and the good and bad examples of Trivy's checks. Every
 * disagreement is listed with our reason. Then every control runs on every template, and on those below a
 * fetched folder: nothing may crash or contradict itself.
 * `node conformance/posture.ts [--corpora DIR] [--fetched DIR] [--verbose]`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TRIVY_CHECKS } from '../src/controls/foreign/trivy.ts';
import { corporaFolderOrEnd, holding } from './given.ts';
import { runConfigRules } from './posture/config-rules.ts';
import { CORPORA_FILES } from './posture/corpus.ts';
import { runEverything } from './posture/everything.ts';
import { runExamples } from './posture/examples.ts';
import { type Comparison, printDisagreements, tally } from './posture/tally.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    fetched: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const corpora = corporaFolderOrEnd(values.corpora, CORPORA_FILES);
if (values.fetched !== undefined) holding('--fetched', values.fetched, []);
let passed = 0;
let failed = 0;
const disagreed = new Set<string>();

const reasons = data<Record<string, string>>('reasons.json');

const rules = runConfigRules(corpora, data('rule-names.json'));
report(`AWS Config rules: ${rules.rules.size} rules mapped (at least 60)`, rules.compared, 0.97);
expectation('at least 60 rules are mapped', rules.rules.size >= 60);
const judgedAnyway = rules.skipped.filter((each) => each.actual === 'PASS' || each.actual === 'FAIL');
console.log(
  `cases in which the rule has nothing to judge: ${rules.skipped.length}, of which our controls judge ${judgedAnyway.length}`,
);
if (values.verbose) {
  for (const each of judgedAnyway) console.log(`  ${each.key}: ${each.actual} ${each.because[0] ?? ''}`);
  console.log(`rules without a control: ${[...rules.unmapped].sort().join(', ')}`);
}

for (const input of ['cloudformation', 'terraform'] as const) {
  const run = await runExamples(corpora, input, TRIVY_CHECKS);
  report(`Trivy examples, ${input}: ${run.checks.size} checks mapped`, run.compared, 0.95);
}

const whole = await runEverything(corpora, values.fetched);
console.log(`every control on every template: ${whole.environments} templates, ${whole.findings} findings`);
for (const problem of whole.problems) console.log(`  ${problem}`);
passed += whole.environments - whole.problems.length;
failed += whole.problems.length;

for (const key of Object.keys(reasons)) {
  if (!disagreed.has(key)) console.log(`no longer needed in reasons.json: ${key}`);
}

console.log(`posture: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function data<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'posture', name), 'utf8')) as T;
}

function report(title: string, compared: readonly Comparison[], wanted: number): void {
  const { agreed, disagreements, ratio } = tally(compared);
  console.log(`${title}: ${agreed} of ${compared.length} agree (${(100 * ratio).toFixed(1)} %)`);
  const unexplained = printDisagreements(disagreements, reasons);
  for (const { key } of disagreements) disagreed.add(key);
  passed += agreed;
  failed += unexplained.length;
  expectation(`${title}: at least ${100 * wanted} %`, ratio >= wanted);
}

function expectation(what: string, holds: boolean): void {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`NOT REACHED: ${what}`);
  }
}
