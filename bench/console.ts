/**
 * The console's API against its numbers: list pages at 100,000 findings and 5,000 risks (p95 < 50 ms), a filter over
 * the findings (< 200 ms), the map of the reference environment and of one with 1,000 resources, and how soon a saved
 * file is told to a page (< 1 s).
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { baseOf } from '../src/api/environment/base.ts';
import { readBase } from '../src/api/environment/read-base.ts';
import { type ConsoleServer, startConsole } from '../src/api/server.ts';
import { newSetUpToken } from '../src/api/sign-in/set-up-link.ts';
import { openInstallation } from '../src/cli/up/open-platform.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Risk } from '../src/model/risk.ts';
import { ConsoleClient } from '../test/e2e/console-client.ts';
import { listen } from '../test/e2e/console-events.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FINDINGS = 100_000;
const RISKS = 5_000;
const ROUNDS = 40;

const folder = mkdtempSync(join(tmpdir(), 'honmaru-bench-console-'));
const environment = join(folder, 'webapp');
mkdirSync(environment);
for (const file of ['honmaru.yaml', 'template.yaml']) {
  cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
}
const source = { paths: [environment], cwd: ROOT, parameters: new Map<string, string>() };
const real = await readBase(source, new Date());

/** The reference environment, its findings and risks many times over under ids of their own. */
function manyTimes() {
  const { assessment } = real;
  const findings: Finding[] = [];
  for (let copy = 0; findings.length < FINDINGS; copy += 1) {
    for (const finding of assessment.findings) {
      findings.push({
        ...finding,
        id: `${finding.id}-${copy}`,
        resource: `${finding.resource}-${copy % 3_000}`,
      });
    }
  }
  const risks: Risk[] = [];
  for (let copy = 0; risks.length < RISKS; copy += 1) {
    for (const risk of assessment.risks) risks.push({ ...risk, id: `${risk.id}-${copy}` });
  }
  const large = { ...assessment, findings: findings.slice(0, FINDINGS), risks: risks.slice(0, RISKS) };
  return baseOf(real.reading, real.graph, large, real.files);
}

async function opened<Result>(
  name: string,
  options: { readonly read?: () => Promise<typeof real>; readonly watch: boolean; readonly paths?: string },
  work: (client: ConsoleClient) => Promise<Result>,
): Promise<Result> {
  const data = join(folder, name);
  const { platform, account, rootKey, close } = await openInstallation(
    {
      data,
      database: join(data, 'honmaru.db'),
      rootKey: join(data, 'root.key'),
      keeperKey: join(data, 'keeper.key'),
      region: 'us-east-1',
    },
    (error) => console.error(error),
  );
  const server: ConsoleServer = await startConsole({
    platform,
    account: account.id,
    rootKey,
    source: options.paths === undefined ? source : { ...source, paths: [options.paths] },
    watch: options.watch,
    ...(options.read && { read: options.read }),
    pages: join(folder, 'no-pages'),
    host: '127.0.0.1',
    port: 0,
    onDefect: (error) => console.error(error),
  });
  try {
    const client = new ConsoleClient(server.origin);
    await client.get('GET /api/session');
    const token = await newSetUpToken(platform.store, platform.now());
    await client.get('POST /api/set-up', { body: { token, name: 'admin', password: 'Bench-Only-1' } });
    return await work(client);
  } finally {
    await server.close();
    await close();
  }
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

function report(what: string, milliseconds: number, bound: number): void {
  const ratio = (milliseconds / bound).toFixed(2);
  console.log(`${what.padEnd(58)} ${milliseconds.toFixed(1).padStart(8)} ms  ${ratio} of ${bound} ms`);
}

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
  ['resources', '/api/resources?sort=failing&descending=true'],
  ['safeguards by place', '/api/safeguards'],
  ['assets', '/api/assets'],
  ['overview', '/api/overview'],
];

try {
  console.log(
    `${FINDINGS} findings, ${RISKS} risks; ${ROUNDS} rounds, over HTTP with sign-in and authorisation`,
  );
  await opened('many', { watch: false, read: async () => manyTimes() }, async (client) => {
    for (const [what, path] of LISTS) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const began = performance.now();
        const { status } = await client.raw('GET', path);
        times.push(performance.now() - began);
        if (status !== 200) throw new Error(`${path}: ${status}`);
      }
      report(`${what}: first`, times[0] ?? 0, 200);
      report(`${what}: p95 of the others`, percentile(times.slice(1), 0.95), 50);
    }
  });

  await opened('reference', { watch: true }, async (client) => {
    const began = performance.now();
    const map = await client.get('GET /api/map', { query: { lang: 'ja' } });
    report(
      `map of the reference environment (${map.boxes.length} boxes at the top)`,
      performance.now() - began,
      1_000,
    );
    const template = join(environment, 'template.yaml');
    const text = readFileSync(template, 'utf8');
    const heard = await listen(client);
    const times: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const saved = performance.now();
      writeFileSync(template, `${text}\n# saved ${round}\n`);
      await heard.next((event) => event.kind === 'assessed');
      times.push(performance.now() - saved);
    }
    heard.close();
    report('a saved file is told to a page: median', percentile(times, 0.5), 1_000);
    report('a saved file is told to a page: slowest of ten', Math.max(...times), 1_000);
  });

  const large = join(folder, 'large');
  mkdirSync(large);
  writeFileSync(join(large, 'template.json'), JSON.stringify(largeTemplate(1_000)));
  await opened('thousand', { watch: false, paths: large }, async (client) => {
    for (const what of ['first', 'again'] as const) {
      const began = performance.now();
      const { text } = await client.raw('GET', '/api/map?lang=en');
      report(
        `map of 1,000 resources: ${what} (${(text.length / 1_024).toFixed(0)} KB)`,
        performance.now() - began,
        3_000,
      );
    }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** VPCs with subnets, servers, databases and buckets, as many resources as asked for. */
function largeTemplate(count: number) {
  const resources: Record<string, unknown> = {};
  const add = (name: string, type: string, properties: object = {}) => {
    if (Object.keys(resources).length < count) resources[name] = { Type: type, Properties: properties };
  };
  for (let vpc = 0; Object.keys(resources).length < count; vpc += 1) {
    add(`Vpc${vpc}`, 'AWS::EC2::VPC', { CidrBlock: `10.${vpc % 250}.0.0/16` });
    for (let subnet = 0; subnet < 4; subnet += 1) {
      add(`Subnet${vpc}x${subnet}`, 'AWS::EC2::Subnet', {
        VpcId: { Ref: `Vpc${vpc}` },
        CidrBlock: `10.${vpc % 250}.${subnet}.0/24`,
        AvailabilityZone: { 'Fn::Select': [subnet % 2, { 'Fn::GetAZs': '' }] },
      });
      for (let server = 0; server < 5; server += 1) {
        add(`Server${vpc}x${subnet}x${server}`, 'AWS::EC2::Instance', {
          SubnetId: { Ref: `Subnet${vpc}x${subnet}` },
        });
      }
    }
    for (let bucket = 0; bucket < 10; bucket += 1) add(`Bucket${vpc}x${bucket}`, 'AWS::S3::Bucket');
  }
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: resources };
}
