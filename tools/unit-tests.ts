/**
 * Runs the unit tests of src/ and tools/ in one process and fails when fewer tests were seen than
 * there are test files. `node tools/unit-tests.ts [--half 1|2] [PATH…]` runs only the tests below the paths, or
 * one half of them, so that two processes can share them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countsOf, failuresOf, skippedOf, type TestCounts } from './tap.ts';

/** The test files below a path; `*.e2e.test.ts` are for the end-to-end lane. */
export function testFilesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && entry.name.endsWith('.test.ts') && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * A folder for what tests write: in memory where the system offers it, so that a unit test never waits for a
 * disk. That what is acknowledged survives a crash is for the end-to-end tests, which write to a real disk.
 */
function scratchFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'honmaru-tests-'));
}

/** Runs test files in one process, shows what failed or was skipped and returns what the runner counted. */
function runTests(files: readonly string[]): TestCounts {
  const scratch = scratchFolder();
  try {
    return runFiles(files, { ...process.env, TMPDIR: scratch });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A run that hangs is ended and has failed. */
const LONGEST_MINUTES = 10;

function runFiles(files: readonly string[], env: NodeJS.ProcessEnv): TestCounts {
  const run = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--max-semi-space-size=64',
      '--test',
      '--test-isolation=none',
      '--test-timeout=600000',
      '--test-reporter=dot',
      '--test-reporter-destination=stderr',
      '--test-reporter=tap',
      '--test-reporter-destination=stdout',
      ...files,
    ],
    {
      encoding: 'utf8',
      env,
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MINUTES * 60_000,
    },
  );
  const counts = countsOf(run.stdout);
  for (const line of skippedOf(run.stdout)) console.log(`SKIPPED ${line}`);
  if (run.status !== 0 || counts.failed > 0) {
    console.error(failuresOf(run.stdout));
    console.error(run.stderr.replace(/^[.X\s]*$/gm, '').trim());
    return { ...counts, failed: Math.max(counts.failed, 1) };
  }
  return counts;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { half: { type: 'string' } },
    allowPositionals: true,
  });
  const all = (positionals.length > 0 ? positionals : ['src', 'tools']).flatMap(testFilesBelow);
  const files =
    values.half === undefined ? all : all.filter((_, index) => index % 2 === Number(values.half) % 2);
  if (files.length === 0) {
    console.error('no test file found');
    process.exit(1);
  }
  const counts = runTests(files);
  console.log(
    `unit tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${files.length} files)`,
  );
  if (counts.passed + counts.skipped < files.length) {
    console.error(`only ${counts.passed} tests were seen in ${files.length} files`);
    process.exit(1);
  }
  process.exit(counts.failed > 0 ? 1 : 0);
}
