/**
 * The risk method on much material: scores are verified from the JSON alone on every assessment of the corpora
 * (and of what was fetched); on many random environments adding a safeguard raises none and the order of reading
 * changes nothing; the hardened example is lower than the bare one.
 *
 *     node conformance/risk.ts [--environments N] [--corpora DIR] [--fetched DIR]
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corporaFolder, endFailed, holding } from './given.ts';
import { CORPORA_FILES } from './posture/corpus.ts';
import { corpora, fetched } from './risk/assessments.ts';
import { examples } from './risk/examples.ts';
import { randomEnvironments } from './risk/random.ts';
import { tally } from './risk/tally.ts';

const { values } = parseArgs({
  options: {
    environments: { type: 'string', default: '10000' },
    corpora: { type: 'string' },
    fetched: { type: 'string' },
  },
});

const counts = tally();

async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const [started, passed, failed] = [performance.now(), counts.passed, counts.failed];
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const tallied = `${counts.passed - passed} passed, ${counts.failed - failed} failed`;
  console.log(`${name}: ${tallied} (${seconds} s)`);
  return result;
}

await timed('examples', () => examples(counts));
const material = corporaFolder(values.corpora, CORPORA_FILES);
if (material !== undefined) {
  const known = await timed('corpora', () => corpora(material, counts));
  console.log(`${known.assessments} assessments with ${known.risks} risks, recomputed from their JSON`);
}
if (values.fetched !== undefined) {
  const folder = holding('--fetched', values.fetched, []);
  const paths = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
  if (paths.length === 0) endFailed(`--fetched ${folder}: there is no folder in it`);
  const more = await timed('fetched', () => fetched(paths, counts));
  console.log(`${more.assessments} assessments with ${more.risks} risks`);
}
await timed('random environments', () => randomEnvironments(Number(values.environments), counts));
console.log(`risk: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;
