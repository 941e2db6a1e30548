/** The quick check: types, lint and format, import matrix, unit tests. Each part runs in its own process. */
import { spawn } from 'node:child_process';

interface Part {
  readonly name: string;
  readonly command: readonly string[];
}

/** What the compiler remembers between two checks, so that only what changed is checked again. */
const SEEN_TYPES = 'node_modules/.cache/honmaru/types.tsbuildinfo';

const PARTS: readonly Part[] = [
  { name: 'unit tests, first half', command: [process.execPath, 'tools/unit-tests.ts', '--half', '1'] },
  { name: 'unit tests, second half', command: [process.execPath, 'tools/unit-tests.ts', '--half', '2'] },
  {
    name: 'types',
    command: [
      process.execPath,
      ...['node_modules/typescript-7/bin/tsc', '-p', '.', '--incremental', '--tsBuildInfoFile', SEEN_TYPES],
    ],
  },
  {
    name: 'lint and format',
    command: [process.execPath, 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'imports', command: [process.execPath, 'tools/check-imports.ts'] },
];

function run(part: Part): Promise<{ part: Part; code: number; output: string; seconds: number }> {
  const started = performance.now();
  return new Promise((resolve) => {
    const [command = '', ...rest] = part.command;
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) =>
      resolve({ part, code: code ?? 1, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}

/** Runs every part, two at a time, and returns the names of those that failed. */
export async function check(): Promise<string[]> {
  const failed: string[] = [];
  const queue = [...PARTS];
  const worker = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      const { code, output, seconds } = await run(part);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${part.name} (${seconds.toFixed(1)} s)`);
      if (output.trim() && (code !== 0 || part.name.startsWith('unit tests'))) console.log(output.trim());
      if (code !== 0) failed.push(part.name);
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

if (import.meta.main) {
  const failed = await check();
  if (failed.length > 0) {
    console.error(`failed: ${failed.join(', ')}`);
    process.exit(1);
  }
}
