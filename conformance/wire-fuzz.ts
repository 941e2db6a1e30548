/**
 * Sends sound and broken requests of every protocol to a fresh `honmaru up`, signed and not, and watches its
 * memory.
 *
 *     node conformance/wire-fuzz.ts [--requests 100000] [--seed 1]
 *
 * Exits 1 when an answer is a 500, shows a stack trace or HTML, has no request id, or when memory grows.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setUp, startNode } from '../test/e2e/up-node.ts';
import { ROUND_TRIPS, readGarbage } from './wire/codec-properties.ts';
import { fuzz } from './wire/fuzz.ts';
import { readsAsV8, writesAsV8 } from './wire/json-properties.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    // Every conformance run is given them; this one needs no material.
    corpora: { type: 'string' },
    fetched: { type: 'string' },
  },
});
const GROWTH_MB = 64;
const CODEC_CASES = 5_000;

for (const [form, check] of Object.entries(ROUND_TRIPS)) {
  check(CODEC_CASES);
  console.log(`${form}: ${CODEC_CASES} values written and read again`);
}
writesAsV8(CODEC_CASES);
readsAsV8(CODEC_CASES);
console.log(`JSON: ${2 * CODEC_CASES} values and broken texts of any shape as with V8's own`);
readGarbage(CODEC_CASES);
console.log(`${CODEC_CASES} pieces of garbage read or refused`);

const requests = Number(values.requests);
const folder = mkdtempSync(join(tmpdir(), 'honmaru-fuzz-'));
const node = await startNode(folder);
try {
  const key = setUp(folder);
  const target = { port: Number(new URL(node.endpoint).port), ...key };
  const resident = () =>
    Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${node.controlPlane()}/status`, 'utf8'))?.[1]) /
    1024;
  const seed = Number(values.seed);
  const warm = await fuzz(target, Math.min(requests, 20_000), seed);
  const before = resident();
  const rest = await fuzz(target, requests - warm.sent, seed + 1);
  const after = resident();
  const problems = [...warm.problems, ...rest.problems];
  for (const problem of problems.slice(0, 20)) console.log(problem);
  const statuses = new Map(warm.statuses);
  for (const [status, count] of rest.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
  const listed = [...statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status}: ${count}`);
  console.log(`answers: ${listed.join(', ')}`);
  console.log(`memory: ${before.toFixed(0)} MB after ${warm.sent}, ${after.toFixed(0)} MB after all`);
  const grew = after - before > GROWTH_MB;
  const defects = node.output().match(/defect/g)?.length ?? 0;
  if (defects > 0) console.log(node.output().slice(0, 3_000));
  console.log(
    `wire-fuzz: ${requests - problems.length} passed, ${problems.length + (grew ? 1 : 0) + defects} failed`,
  );
  if (problems.length > 0 || grew || defects > 0) process.exitCode = 1;
} finally {
  await node.stop();
  rmSync(folder, { recursive: true, force: true });
}
