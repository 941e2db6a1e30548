/**
 * Runs the end-to-end tests, each file in a process of its own and two at a time. A file that failed beside
 * others runs once more alone, when the machine is quiet: what fails twice has failed, what fails once is named
 * as unstable with its cause, so that a race is seen and not taken for a fault of the change at hand.
 */
import { spawn } from 'node:child_process';
import { causesOf, countsOf, failuresOf, skippedOf, type TestCounts } from './tap.ts';
import { testFilesBelow } from './unit-tests.ts';

interface FileRun {
  readonly file: string;
  readonly counts: TestCounts;
  readonly ok: boolean;
  readonly tap: string;
  readonly complaint: string;
  readonly seconds: number;
}

/** A file that hangs is ended and has failed. */
const LONGEST_MINUTES = 12;
const AT_ONCE = 2;

function runFile(file: string): Promise<FileRun> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--test',
        '--test-timeout=600000',
        '--test-reporter=tap',
        file,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_MINUTES * 60_000 },
    );
    let tap = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => (tap += chunk));
    child.stderr.on('data', (chunk) => (complaint += chunk));
    child.on('close', (code) => {
      const counts = countsOf(tap);
      const seen = counts.passed + counts.skipped > 0;
      const ok = code === 0 && counts.failed === 0 && seen;
      const seconds = (performance.now() - started) / 1000;
      resolve({ file, counts, ok, tap, complaint: seen ? complaint : `${complaint}\nno test ran`, seconds });
    });
  });
}

async function runAll(files: readonly string[], atOnce: number): Promise<readonly FileRun[]> {
  const queue = [...files];
  const done: FileRun[] = [];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const run = await runFile(file);
      done.push(run);
      console.log(`${run.ok ? 'ok  ' : 'FAIL'} ${file} (${run.seconds.toFixed(1)} s)`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}

function show(run: FileRun): void {
  console.error(`--- ${run.file}`);
  console.error(failuresOf(run.tap));
  console.error(run.complaint.trim());
}

/** Why a file failed, in one line. */
function cause(run: FileRun): string {
  return causesOf(run.tap).join(' | ') || run.complaint.trim().split('\n').at(-1) || 'no message';
}

/**
 * Runs the end-to-end tests and prints what failed, was skipped or is unstable.
 *
 * @returns the files that failed twice
 */
export async function endToEndTests(): Promise<readonly string[]> {
  const runs = await runAll(testFilesBelow('test/e2e'), AT_ONCE);
  const failed = runs.filter(({ ok }) => !ok);
  for (const run of failed) show(run);
  const again = await runAll(
    failed.map(({ file }) => file),
    1,
  );
  for (const run of again.filter(({ ok }) => !ok)) show(run);
  const last = [...runs.filter(({ ok }) => ok), ...again];
  for (const { tap, file } of last)
    for (const line of skippedOf(tap)) console.log(`SKIPPED ${file}: ${line}`);
  const sum = (count: keyof TestCounts) => last.reduce((total, run) => total + run.counts[count], 0);
  const broken = again.filter(({ ok }) => !ok);
  for (const first of failed) {
    const twice = broken.find(({ file }) => file === first.file);
    console.log(
      `${twice ? 'FAILED TWICE' : 'UNSTABLE, passed alone'}: ${first.file}: ${cause(twice ?? first)}`,
    );
  }
  console.log(
    `end-to-end tests: ${sum('passed')} passed, ${Math.max(sum('failed'), broken.length)} failed, ${sum('skipped')} skipped (${runs.length} files)`,
  );
  return broken.map(({ file }) => file);
}
