/**
 * Builds the console, runs `npm test` and the conformance runs, and closes with what failed and one line that
 * counts them all.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';

let passed = 0;
let failed = 0;
const remarks: string[] = [];

/** Runs a program, shows what it says at once, and adds up what it counted. */
async function run(name: string, args: readonly string[]): Promise<void> {
  console.log(`--- ${name}`);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    process.stdout.write(text);
  });
  const [code, signal] = await once(child, 'close');
  const counts = [...said.matchAll(/(\d+) passed, (\d+) failed/g)];
  for (const [, good, bad] of counts) {
    passed += Number(good);
    failed += Number(bad);
  }
  const worthRepeating = said.match(/^(FAIL|UNSTABLE|SKIPPED).*$/gm) ?? [];
  remarks.push(...worthRepeating.map((line) => `${name}: ${line}`));
  if (code === 0) return;
  remarks.push(`${name}: ended with ${code ?? signal}`);
  if (!counts.some(([, , bad]) => Number(bad) > 0)) failed += 1;
}

await run('console', ['console/build/main.ts', '--if-stale']);
await run('npm test', ['tools/test.ts']);
if (existsSync('../shared/corpora')) {
  for (const file of readdirSync('conformance')
    .filter((name) => name.endsWith('.ts'))
    .sort()) {
    await run(`conformance/${file}`, [`conformance/${file}`, '--corpora', '../shared/corpora']);
  }
} else {
  console.log('CONFORMANCE SKIPPED: ../shared/corpora is not there');
}
for (const remark of remarks) console.log(remark);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
