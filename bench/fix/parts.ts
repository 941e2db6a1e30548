/**
 * Where the time of one cold `honmaru fix` goes: runs its steps one by one and prints the milliseconds of each as
 * JSON. `node bench/fix/parts.ts TEMPLATE CACHE-FOLDER`, in a process of its own each time.
 */
import { createRequire, enableCompileCache } from 'node:module';
import { dirname } from 'node:path';

// As bin/honmaru.js does, so that modules are loaded here as they are there.
enableCompileCache(process.argv[3]);
createRequire(import.meta.url)('../../bin/own-modules.cjs');

const parts: [string, number][] = [];
let last = performance.now();
const part = (name: string) => {
  const now = performance.now();
  parts.push([name, now - last]);
  last = now;
};
parts.push(['start of Node.js', last]);

const { planFix } = await import('../../src/fix/plan/plan.ts');
const { assess } = await import('../../src/risk/assess.ts');
const { readEnvironment } = await import('../../src/environment/read.ts');
const { renderFix } = await import('../../src/cli/fix/render-text.ts');
const { fixReport } = await import('../../src/cli/fix/report.ts');
await import('../../src/cli/fix.ts');
part('load modules');

const path = process.argv[2] ?? '';
const read = { paths: [path], parameters: new Map(), asOf: '2026-01-01T00:00:00.000Z', cwd: dirname(path) };
const before = await readEnvironment(read);
part('read the template');
const assessment = await assess(before);
part('judge it (with the load of its controls)');
const answers = {
  domain: 'shop.example.com',
  email: 'security@example.com',
  values: new Map(),
  acceptedCosts: new Set<string>(),
};
const plan = await planFix({ read, answers, wanted: () => true }, before);
part('plan, edit, read again and prove');
const after = await assess(plan.after);
part('judge what comes of it');
const report = fixReport(plan, assessment, after, []);
part('compare, make the diff');
const invocation = {
  operands: [path],
  language: 'en' as const,
  option: () => undefined,
  options: () => [],
  flag: () => false,
};
const terminal = { color: false } as Parameters<typeof renderFix>[2];
renderFix(report, invocation, terminal);
part('print');
console.log(JSON.stringify(parts));
