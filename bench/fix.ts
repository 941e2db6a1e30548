/**
 * How fast `fix` plans: a template of 500 resources in YAML, edited and proved. `node bench/fix.ts`; each number
 * is printed beside the one that is asked for, and beside the time that reading and judging the same file takes;
 * last, which part of a cold process takes how long.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readEnvironment } from '../src/environment/read.ts';
import { planFix } from '../src/fix/plan/plan.ts';
import { assess } from '../src/risk/assess.ts';
import { bigTemplate } from './big-template.ts';
import { measuredProcess, median, reportLine, timed } from './measure.ts';

const RESOURCES = 500;
const PARTS = join(import.meta.dirname, 'fix/parts.ts');

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-'));
const outcomes: boolean[] = [];

try {
  const path = join(folder, 'template.yaml');
  writeFileSync(path, stringify(bigTemplate(RESOURCES)));
  const read = { paths: [path], parameters: new Map(), asOf: '2026-01-01T00:00:00.000Z', cwd: folder };
  const answers = {
    domain: 'shop.example.com',
    email: 'security@example.com',
    values: new Map(),
    acceptedCosts: new Set<string>(),
  };
  const plan = () => planFix({ read, answers, wanted: () => true });
  const judge = async () => assess(await readEnvironment(read));

  const { result } = await timed(plan);
  const edits = result.changes.filter((change) => change.edits.length > 0).length;
  console.log(`${RESOURCES} resources, ${edits} changes in ${result.rounds.length} rounds`);
  const plans: number[] = [];
  const judgements: number[] = [];
  const plansCpu: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const before = process.cpuUsage();
    plans.push((await timed(plan)).ms);
    const { user, system } = process.cpuUsage(before);
    plansCpu.push((user + system) / 1000);
    judgements.push((await timed(judge)).ms);
  }
  outcomes.push(reportLine('plan, edit and prove, warm, median of 5', median(plans), 'ms', 1000));
  reportLine('  processor time of it, all threads', median(plansCpu), 'ms');
  reportLine('  read and judge the same file once (the floor)', median(judgements), 'ms');
  reportLine('  ratio', median(plans) / median(judgements), 'x');

  const words = ['bin/honmaru.js', 'fix', path, '--domain', 'shop.example.com', '--email', 'a@example.com'];
  const processes: number[] = [];
  const processors: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const before = childrenCpu();
    processes.push((await measuredProcess(process.execPath, words)).ms);
    processors.push(childrenCpu() - before);
  }
  outcomes.push(
    reportLine(
      'honmaru fix, whole process with start and report, median of 3',
      median(processes),
      'ms',
      1000,
    ),
  );
  reportLine(
    '  processor time of it, all threads (wall time grows with what else runs)',
    median(processors),
    'ms',
  );
  printParts(path, join(folder, 'cache'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (outcomes.includes(false)) process.exitCode = 1;

/** Where the time of a cold process goes, step by step: the median of three, after one that fills the cache of code. */
function printParts(template: string, cache: string): void {
  const runs = [0, 1, 2, 3].map(() => partsOf(template, cache)).slice(1);
  console.log('its parts, each step in a cold process, median of 3:');
  for (const [at, [name]] of (runs[0] ?? []).entries()) {
    reportLine(`  ${name}`, median(runs.map((run) => run[at]?.[1] ?? Number.NaN)), 'ms');
  }
}

function partsOf(template: string, cache: string): readonly (readonly [string, number])[] {
  const words = ['--disable-warning=ExperimentalWarning', PARTS, template, cache];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${PARTS}: ${stderr}`);
  return JSON.parse(stdout) as readonly (readonly [string, number])[];
}

/** Processor time of ended children in milliseconds (proc(5), `cutime` and `cstime`; NaN where there is no /proc). */
function childrenCpu(): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
