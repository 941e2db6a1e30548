/**
 * The console against its numbers: list pages at 100,000 findings and 5,000 risks (p95 < 50 ms, a new filter < 200 ms),
 * lists while 10,000 resources are assessed, the map of the reference environment (< 1 s) and of 1,000 resources
 * (< 3 s) in a browser, and how soon a saved file shows there (< 1 s). Ends with 1 when a number is missed.
 *
 *     npm run bench:console [lists|assessing|browser]
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { measureInBrowser } from './console/browser.ts';
import { measureLists } from './console/lists.ts';
import { meter } from './console/meter.ts';
import { measureWhileAssessing } from './console/while-assessing.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PARTS = ['lists', 'assessing', 'browser'] as const;

const asked = process.argv.slice(2);
const strange = asked.find((word) => !PARTS.some((part) => part === word));
if (strange !== undefined) throw new Error(`there is no part ${strange}: ${PARTS.join(', ')}`);
const isAsked = (part: (typeof PARTS)[number]) => asked.length === 0 || asked.includes(part);

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-console-'));
const environment = join(folder, 'webapp');
mkdirSync(environment);
for (const file of ['honmaru.yaml', 'template.yaml']) {
  cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
}
const source = { paths: [environment], cwd: ROOT, parameters: new Map<string, string>() };
const numbers = meter();
try {
  if (isAsked('lists')) await measureLists(source, folder, numbers);
  if (isAsked('assessing')) await measureWhileAssessing(source, folder, numbers);
  if (isAsked('browser')) await measureInBrowser(numbers);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const missed = numbers.missed();
console.log(missed.length === 0 ? '\nevery number is met' : `\nmissed: ${missed.join('; ')}`);
process.exitCode = missed.length === 0 ? 0 : 1;
