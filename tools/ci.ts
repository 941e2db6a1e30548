/** Runs `npm test` and the conformance runs, and closes with one line that counts them all. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

let passed = 0;
let failed = 0;

function run(name: string, args: readonly string[]): void {
  console.log(`--- ${name}`);
  const result = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(result.stdout);
  const counts = [...result.stdout.matchAll(/(\d+) passed, (\d+) failed/g)];
  for (const [, good, bad] of counts) {
    passed += Number(good);
    failed += Number(bad);
  }
  if (result.status !== 0 && !counts.some(([, , bad]) => Number(bad) > 0)) failed += 1;
}

run('npm test', ['tools/test.ts']);
if (existsSync('../shared/corpora')) {
  for (const file of readdirSync('conformance')
    .filter((name) => name.endsWith('.ts'))
    .sort()) {
    run(`conformance/${file}`, [`conformance/${file}`, '--corpora', '../shared/corpora']);
  }
} else {
  console.log('CONFORMANCE SKIPPED: ../shared/corpora is not there');
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
