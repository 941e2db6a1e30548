/**
 * Other people's IAM material run against the engine, and a million random decisions.
 *
 *     node conformance/iam.ts [--corpora DIR] [--cases N]
 *
 * Exits 1 on a disagreement that is not listed here with its reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
  checkDocument,
  compilePolicies,
  evaluate,
  loadActionTable,
  readPolicyDocument,
} from '../src/iam/index.ts';
import { corporaFolder } from './given.ts';
import { trySample } from './iam/access-samples.ts';
import { accessOf, requestOf } from './iam/engine-case.ts';
import { drawFilling, filled, open, punch } from './iam/open-cases.ts';
import { CaseSource } from './iam/random-cases.ts';
import { referenceAllows } from './iam/reference.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    cases: { type: 'string', default: '1000000' },
  },
});
const corpora = corporaFolder(values.corpora, ['iam']);
const folder = join(corpora ?? '', 'iam');
let passed = 0;
let failed = 0;

function count(holds: boolean, what: string): void {
  if (holds) passed += 1;
  else {
    failed += 1;
    if (failed <= 40) console.log(`DISAGREES ${what}`);
  }
}

function readJson(...path: string[]) {
  return JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
}

function grammar(): void {
  for (const { id, document, message } of readJson('policy-grammar', 'invalid.json')) {
    const failure = checkDocument(JSON.stringify(document), 'managed');
    count(failure?.message === message, `grammar ${id}: ${failure?.message} instead of ${message}`);
  }
  for (const { id, document } of readJson('policy-grammar', 'valid.json')) {
    const failure = checkDocument(JSON.stringify(document), 'managed');
    count(failure === undefined, `grammar ${id}: ${failure?.message}`);
  }
}

function guidePolicies(): void {
  for (const { id, policy } of readJson('guide-policies', 'policies.json')) {
    const { problems } = readPolicyDocument({ path: id, text: JSON.stringify(policy) });
    count(problems.length === 0, `guide ${id}: ${problems[0]?.message.en}`);
  }
}

/** Services of which the table is of another date than the corpus: actions came or went for all patterns. */
const OTHER_DATE = new Set<string>();

async function expansions(): Promise<void> {
  const table = await loadActionTable();
  const lines = gunzipSync(
    readFileSync(join(folder, 'managed-policy-expansion', 'policies.jsonl.gz')),
  ).toString();
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const known = new Set(rows.flatMap((row) => Object.values<string[]>(row.expansion).flat()).map(lower));
  let dated = 0;
  for (const { name, document, expansion } of rows) {
    const { policy, problems } = readPolicyDocument({ path: name, text: JSON.stringify(document) });
    count(
      problems.length === 0 && compilePolicies([policy]).statements.length > 0,
      `${name}: ${problems[0]?.message.en}`,
    );
    for (const [pattern, actions] of Object.entries<string[]>(expansion)) {
      const ours = new Set(table.expand(pattern).map(lower));
      const theirs = new Set(actions.map(lower));
      const missing = [...theirs].filter((each) => !ours.has(each) && table.action(each) !== undefined);
      const extra = [...ours].filter((each) => !theirs.has(each) && known.has(each));
      const gone = [...theirs].filter((each) => !ours.has(each));
      const fresh = [...ours].filter((each) => !theirs.has(each));
      if (gone.length + fresh.length > 0 && missing.length + extra.length === 0) {
        dated += 1;
        for (const each of [...gone, ...fresh]) OTHER_DATE.add(each.split(':', 1)[0] as string);
      }
      if (missing.length === 0 && OLDER_EXPANSIONS.has(`${name} ${pattern}`)) continue;
      count(missing.length + extra.length === 0, `${name} ${pattern}: without ${missing}, with ${extra}`);
    }
  }
  console.log(
    `expansions: ${dated} patterns differ only by actions that one of the tables does not have at all (${[...OTHER_DATE].sort().join(', ')})`,
  );
}

/** Patterns that the corpus expanded before the actions existed which it names elsewhere. */
const OLDER_EXPANSIONS = new Set(['AWSCodePipelineFullAccess codepipeline:*']);

function lower(text: string): string {
  return text.toLowerCase();
}

function accessSamples(): void {
  let applicable = 0;
  let others = 0;
  for (const { id, reference, candidates } of readJson('no-new-access', 'cases.json')) {
    for (const { n, expected, policy, why, validJson } of candidates) {
      if (!validJson) continue;
      const outcome = trySample(reference, policy, expected);
      if (outcome === 'not applicable') {
        others += 1;
        continue;
      }
      applicable += 1;
      count(outcome === 'passed', `sample ${id} ${n} (${expected}): ${why}`);
    }
  }
  console.log(
    `access samples: ${applicable} were used; ${others} have conditions or principals and need a comparison of policies, which is not built`,
  );
}

function randomCases(cases: number): void {
  const before = performance.now();
  const source = new CaseSource(1);
  const verdicts = { ALLOW: 0, DENY: 0, UNKNOWN: 0 };
  let disagreements = 0;
  const perPolicies = 24;
  for (let index = 0; index < cases; index += perPolicies) {
    const { layers } = source.next();
    const access = accessOf(layers);
    for (let turn = 0; turn < perPolicies; turn += 1) {
      const request = source.request();
      const { verdict } = evaluate(access, requestOf(request));
      verdicts[verdict] += 1;
      if (verdict !== (referenceAllows(layers, request) ? 'ALLOW' : 'DENY')) disagreements += 1;
    }
  }
  count(disagreements === 0, `${disagreements} random known cases`);
  let contradictions = 0;
  for (let index = 0; index < cases / 50; index += 1) {
    const { layers, request } = source.next();
    const marked = punch(layers, request, source);
    const before = open(marked);
    const { verdict } = evaluate(before.access, before.request);
    const after = filled(marked, drawFilling(source), source.request().context);
    const decided = evaluate(after.access, after.request).verdict;
    if (decided === 'UNKNOWN' || (verdict !== 'UNKNOWN' && verdict !== decided)) contradictions += 1;
  }
  count(contradictions === 0, `${contradictions} filled holes`);
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  console.log(
    `random: ${cases} known (${JSON.stringify(verdicts)}) and ${cases / 50} open cases in ${seconds} s`,
  );
}

if (corpora !== undefined) {
  grammar();
  guidePolicies();
  await expansions();
  accessSamples();
} else {
  console.log('only the random cases are run');
}
randomCases(Number(values.cases));
console.log(`iam: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
