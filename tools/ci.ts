/**
 * Builds the console, runs `npm test` and the conformance runs, and closes with what failed and one line that
 * counts them all.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

let passed = 0;
let failed = 0;
const remarks: string[] = [];

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
  remarks.push(
    ...(result.stdout.match(/^(FAIL|UNSTABLE|SKIPPED).*$/gm) ?? []).map((line) => `${name}: ${line}`),
  );
  if (result.status !== 0) remarks.push(`${name}: ended with ${result.status ?? result.signal}`);
  if (result.status !== 0 && !counts.some(([, , bad]) => Number(bad) > 0)) failed += 1;
}

run('console', ['console/build/main.ts', '--if-stale']);
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
for (const remark of remarks) console.log(remark);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
