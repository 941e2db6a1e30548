/**
 * Decisions per second of the policy engine, and side by side with @cloud-copilot/iam-simulate, which is
 * installed into a temporary folder and run as a process of its own.
 *
 *     node bench/iam.ts [--without-peer]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Access,
  type AccessRequest,
  checkDocument,
  compilePolicies,
  evaluate,
  explain,
  parsePolicyText,
} from '../src/iam/index.ts';
import { compileGlob, matchGlob } from '../src/iam/match/glob.ts';
import { tokensOf } from '../src/iam/match/tokens.ts';
import { ACCOUNT, type BenchInputs, benchInputs, USER } from './iam/inputs.ts';

const PEER = '@cloud-copilot/iam-simulate@0.1.173';

function accessOf(inputs: BenchInputs): Access {
  const program = (...documents: readonly unknown[]) =>
    compilePolicies(documents.map((document) => parsePolicyText(JSON.stringify(document))));
  return {
    identity: program(...inputs.identity),
    boundary: program(inputs.boundary),
    serviceControl: [program(inputs.scp)],
    resource: program(inputs.resource),
  };
}

function requestsOf(inputs: BenchInputs): readonly AccessRequest[] {
  const principal = { type: 'user', arn: USER } as const;
  return inputs.requests.map((request) => ({ ...request, principal, resourceAccount: ACCOUNT }));
}

/** The median of five runs of about half a second, in calls per second. */
function rate(requests: readonly AccessRequest[], call: (request: AccessRequest) => unknown): number {
  const rates: number[] = [];
  for (let run = 0; run < 6; run += 1) {
    const before = performance.now();
    let calls = 0;
    while (performance.now() - before < 500) {
      for (const request of requests) call(request);
      calls += requests.length;
    }
    rates.push((calls / (performance.now() - before)) * 1000);
  }
  return rates.slice(1).toSorted((a, b) => a - b)[2] as number;
}

let missed = 0;
function report(what: string, measured: number, wanted: number, unit: string): void {
  const ok = unit === 'ms' ? measured <= wanted : measured >= wanted;
  if (!ok) missed += 1;
  const shown = unit === 'ms' ? measured.toFixed(3) : Math.round(measured).toLocaleString('en');
  console.log(`${ok ? 'ok  ' : 'MISS'} ${what}: ${shown} ${unit} (goal ${wanted.toLocaleString('en')})`);
}

const ten = benchInputs(10, 1_000);
const many = benchInputs(51, 1_000);
const access = accessOf(ten);
const ours = rate(requestsOf(ten), (request) => evaluate(access, request));
report('evaluate, 10 identity policies + boundary + SCP + resource policy', ours, 250_000, '/s');
const wide = accessOf(many);
report(
  'evaluate, 51 identity policies',
  rate(requestsOf(many), (request) => evaluate(wide, request)),
  100_000,
  '/s',
);
report(
  'explain, 10 identity policies',
  rate(requestsOf(ten), (request) => explain(access, request)),
  50_000,
  '/s',
);
const glob = compileGlob(tokensOf(`${'*a*b*c*d'.repeat(25)}x`, { wildcards: true, variables: false }));
const key = 'abcd'.repeat(511);
let matched = 0;
const start = performance.now();
for (let turn = 0; turn < 100; turn += 1) matched += matchGlob(glob, `${turn}${key}x`) ? 1 : 0;
const perMatch = (performance.now() - start) / 100;
if (matched !== 100) throw new Error(`the pattern matched ${matched} of 100 texts`);
report('a pattern with 100 wildcards against 2 KB', perMatch, 1, 'ms');
const open = `${'*a*b*c*d'.repeat(25)}*zz*x`;
const backtracking = compileGlob(tokensOf(open, { wildcards: true, variables: false }));
const before = performance.now();
for (let turn = 0; turn < 100; turn += 1) {
  if (matchGlob(backtracking, `${key}z${turn % 10}x`))
    throw new Error('the pattern matched what it must not');
}
report('  the same where it fails only at the last wildcard', (performance.now() - before) / 100, 1, 'ms');
for (const [what, document] of badDocuments()) {
  const times = Array.from({ length: 9 }, () => {
    const begin = performance.now();
    if (checkDocument(document, 'managed')?.place === undefined) throw new Error(`${what} was not refused`);
    return performance.now() - begin;
  });
  report(`refusing ${what}, median of 9`, times.toSorted((a, b) => a - b)[4] as number, 5, 'ms');
}
if (!process.argv.includes('--without-peer')) comparePeer();
process.exit(missed > 0 ? 1 : 0);

/** Documents that must be refused with a place before they cost anything. */
function badDocuments(): readonly (readonly [string, string])[] {
  const statement = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
  const whole = (inner: string) => `{"Version":"2012-10-17","Statement":${inner}}`;
  return [
    ['duplicate keys', '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}'],
    ['a byte order mark', `\ufeff${whole(statement)}`],
    ['a NUL character', whole(statement).replace('s3:*', 's3:\u0000*')],
    ['10 MB', ' '.repeat(10 << 20)],
    ['10,000 statements', whole(`[${Array(10_000).fill(statement).join()}]`)],
    ['nesting of 50,000', '['.repeat(50_000)],
    ['an ARN that is none', whole(statement.replace('"*"}', '"arn:aws"}'))],
  ];
}

function comparePeer(): void {
  const folder = mkdtempSync(join(tmpdir(), 'iam-bench-'));
  try {
    const install = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, PEER],
      { encoding: 'utf8' },
    );
    if (install.status !== 0) {
      console.log(`NOT COMPARED: ${PEER} could not be installed: ${install.stderr.trim().split('\n')[0]}`);
      return;
    }
    const small: BenchInputs = { ...ten, requests: ten.requests.slice(0, 200) };
    writeFileSync(join(folder, 'inputs.json'), JSON.stringify({ ...small, account: ACCOUNT, user: USER }));
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'iam', 'peer.mjs'), folder], {
      encoding: 'utf8',
      timeout: 120_000,
    });
    if (run.status !== 0) {
      missed += 1;
      console.log(`MISS the peer failed: ${run.stderr.slice(0, 500)}`);
      return;
    }
    const { rate: theirs, answers } = JSON.parse(run.stdout) as { rate: number; answers: readonly string[] };
    const mine = requestsOf(small).map((request) => evaluate(access, request).verdict === 'ALLOW');
    const different = mine.filter((each, index) => each !== (answers[index] === 'Allowed')).length;
    report('same answers as the peer', mine.length - different, mine.length, 'requests');
    console.log(`     ${PEER}: ${theirs.toFixed(0)} /s`);
    report('ratio to the peer', ours / theirs, 500, 'times');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
