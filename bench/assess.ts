/**
 * How fast an environment is assessed: the reference example cold and warm, and large templates.
 * `node bench/assess.ts`; each number is printed beside the one that is asked for.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { readEnvironment } from '../src/environment/read.ts';
import { assess } from '../src/risk/assess.ts';
import { bigPlan } from './big-plan.ts';
import { bigTemplate } from './big-template.ts';
import { measuredProcess, median, reportLine, timed, timedProcess } from './measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-'));
const outcomes: boolean[] = [];

function coldRuns(): void {
  const command = ['bin/honmaru.js', 'assess', 'examples/webapp', '--data', join(folder, 'data')];
  timedProcess('node', command);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    ours.push(timedProcess('node', command));
    bare.push(timedProcess('node', ['-e', '0']));
  }
  const host = spawnSync('node', ['--version'], { encoding: 'utf8' }).stdout.trim();
  outcomes.push(
    reportLine(`assess examples/webapp, whole process (node ${host}), median of 9`, median(ours), 'ms', 400),
  );
  reportLine('  the same machine starting an empty node (the floor)', median(bare), 'ms');
  reportLine('  ratio', median(ours) / median(bare), 'x');
}

async function warmRuns(what: string, paths: readonly string[], limit: number): Promise<void> {
  const work = async () => {
    const reading = await readEnvironment({
      paths,
      parameters: new Map(),
      asOf: '2026-01-01T00:00:00.000Z',
      cwd: process.cwd(),
    });
    return assess(reading);
  };
  for (let run = 0; run < 20; run += 1) await work();
  const times: number[] = [];
  for (let run = 0; run < 31; run += 1) times.push((await timed(work)).ms);
  outcomes.push(reportLine(`${what}, warm, median of 31`, median(times), 'ms', limit));
}

async function largeRun(what: string, file: string, content: string, limitMs: number, limitMb?: number) {
  const path = join(folder, file);
  writeFileSync(path, content);
  const out = join(folder, 'out.json');
  const args = ['bin/honmaru.js', 'assess', path, '--format', 'json', '--out', out, '--no-store'];
  const runs = [];
  for (let run = 0; run < 3; run += 1) runs.push(await measuredProcess(process.execPath, args));
  outcomes.push(
    reportLine(`${what}: whole process, median of 3`, median(runs.map(({ ms }) => ms)), 'ms', limitMs),
  );
  const peak = Math.max(...runs.map(({ maxRssMb }) => maxRssMb));
  outcomes.push(reportLine(`${what}: peak memory, highest of 3`, peak, 'MB', limitMb));
}

try {
  coldRuns();
  await warmRuns('examples/webapp', ['examples/webapp'], 60);
  await warmRuns('its Terraform twin', ['examples/webapp/terraform'], 80);
  await largeRun(
    '10,000 resources of JSON',
    'big.json',
    JSON.stringify(bigTemplate(10_000), null, 2),
    3000,
    300,
  );
  await largeRun('2,000 resources of YAML', 'big.yaml', stringify(bigTemplate(2_000)), 2000);
  await largeRun('10,000 resources of plan JSON', 'plan.json', JSON.stringify(bigPlan(10_000)), 3000, 300);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(outcomes.every(Boolean) ? 0 : 1);
