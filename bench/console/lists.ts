import { join } from 'node:path';
import { localDesk } from '../../src/api/assessor/local-desk.ts';
import { type Base, baseOf } from '../../src/api/environment/base.ts';
import { type EnvironmentSource, readState } from '../../src/api/environment/read-base.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Risk } from '../../src/model/risk.ts';
import { withConsole } from './installation.ts';
import { type Meter, percentile } from './meter.ts';
import { cpuMilliseconds } from './turns.ts';

const FINDINGS = 100_000;
const RISKS = 5_000;
const ROUNDS = 40;
const FIRST_MILLISECONDS = 200;
const PAGE_MILLISECONDS = 50;

const LISTS: readonly (readonly [string, string])[] = [
  ['findings, first page', '/api/findings'],
  ['findings that fail, by severity', '/api/findings?status=FAIL&sort=severity&descending=true'],
  ['findings, page 1,000', '/api/findings?page=1000'],
  ['findings, words', '/api/findings?text=database%20encrypt'],
  [
    'findings, three filters and words',
    '/api/findings?status=FAIL&status=UNKNOWN&severity=high&family=RDS&text=database',
  ],
  ['risks, first page', '/api/risks'],
  ['risks, high and undecided', '/api/risks?band=high&status=undecided&sort=title'],
  ['risks, words', '/api/risks?text=database'],
  ['heat map', '/api/heat-map'],
  ['decisions', '/api/decisions'],
  ['resources', '/api/resources?sort=failing&descending=true'],
  ['safeguards by place', '/api/safeguards'],
  ['assets', '/api/assets'],
  ['overview', '/api/overview'],
];

/** The reference environment, its findings and risks many times over under ids of their own. */
async function manyTimes(source: EnvironmentSource): Promise<Base> {
  const { graph, assessment, ...rest } = await readState(source, new Date());
  const findings: Finding[] = [];
  for (let copy = 0; findings.length < FINDINGS; copy += 1) {
    for (const finding of assessment.findings) {
      const resource = `${finding.resource}-${copy % 3_000}`;
      findings.push({ ...finding, id: `${finding.id}-${copy}`, resource });
    }
  }
  const risks: Risk[] = [];
  for (let copy = 0; risks.length < RISKS; copy += 1) {
    for (const risk of assessment.risks) risks.push({ ...risk, id: `${risk.id}-${copy}` });
  }
  const large = { ...assessment, findings: findings.slice(0, FINDINGS), risks: risks.slice(0, RISKS) };
  return baseOf({ ...rest, assessment: large, desk: localDesk({ graph, assessment }) });
}

/** List pages over HTTP, with sign-in and authorisation: each query for the first time, and again. */
export async function measureLists(source: EnvironmentSource, folder: string, meter: Meter): Promise<void> {
  console.log(`\n${FINDINGS} findings, ${RISKS} risks; ${ROUNDS} rounds over HTTP`);
  const read = () => manyTimes(source);
  await withConsole({ data: join(folder, 'many'), source, watch: false, read }, async (client) => {
    const timed = async (path: string) => {
      const [began, computed] = [performance.now(), cpuMilliseconds()];
      const { status } = await client.raw('GET', path);
      if (status !== 200) throw new Error(`${path}: ${status}`);
      return { wall: performance.now() - began, cpu: cpuMilliseconds() - computed };
    };
    for (const [what, path] of LISTS) {
      const first = await timed(path);
      meter.report(`${what}: first`, first.wall, FIRST_MILLISECONDS, first.cpu);
      const others: { readonly wall: number; readonly cpu: number }[] = [];
      for (let round = 1; round < ROUNDS; round += 1) others.push(await timed(path));
      const p95 = (part: 'wall' | 'cpu') =>
        percentile(
          others.map((each) => each[part]),
          0.95,
        );
      meter.report(`${what}: p95 of the others`, p95('wall'), PAGE_MILLISECONDS, p95('cpu'));
    }
  });
}
