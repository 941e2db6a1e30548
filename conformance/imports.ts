/**
 * Reads what other tools wrote: Prowler's OCSF example, findings of Security Hub call sequences (ASFF), and
 * Trivy's own expected reports (JSON and SARIF); each is imported twice, and the second time adds nothing.
 * Then one finding for each check that Prowler has is imported into the example: how many decisions are left?
 *
 *     node conformance/imports.ts [--corpora DIR]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { readEnvironment } from '../src/environment/read.ts';
import type { Imports } from '../src/model/imported.ts';
import { assess } from '../src/risk/assess.ts';
import { withImports } from '../src/risk/imports/import.ts';
import { type FindingsReading, readFindings } from '../src/sources/findings/index.ts';
import { corporaFolderOrEnd } from './given.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
  },
});

const corpora = corporaFolderOrEnd(values.corpora, [
  'posture-console/prowler-ocsf/example_output_aws.ocsf.json',
  'posture-console/securityhub-call-sequences/cases.json',
  'posture-console/control-catalogue/prowler-checks.jsonl.gz',
  'vulnerabilities/trivy-offline/testdata',
]);

let passed = 0;
let failed = 0;

function check(what: string, good: boolean, detail = ''): void {
  if (good) passed += 1;
  else {
    failed += 1;
    console.log(`  ✗ ${what} ${detail}`);
  }
}

const reading = await readEnvironment({
  paths: ['examples/webapp/template.yaml'],
  parameters: new Map(),
  asOf: '2026-01-01T00:00:00.000Z',
  cwd: join(import.meta.dirname, '..'),
});
const assessment = await assess(reading);

async function importOf(file: FindingsReading, before?: Imports): Promise<Imports> {
  const whole = await withImports(assessment, reading.graph, [{ shown: 'findings', reading: file }], before);
  if (!whole.imports) throw new Error('nothing was imported');
  return whole.imports;
}

async function addsNothingTwice(what: string, file: FindingsReading): Promise<void> {
  const first = await importOf(file);
  const second = await importOf(file, first);
  check(`${what}: a second import adds nothing`, second.counts.isNew === 0 && second.closed.length === 0);
  check(
    `${what}: the same facts`,
    JSON.stringify(first.findings.map(({ id }) => id)) ===
      JSON.stringify(second.findings.map(({ id }) => id)),
  );
}

const readText = (path: string, text: string) => readFindings({ path, text });

// Prowler's OCSF example
const ocsfPath = join(corpora, 'posture-console/prowler-ocsf/example_output_aws.ocsf.json');
const ocsf = readText('example.ocsf.json', readFileSync(ocsfPath, 'utf8'));
check('five OCSF findings', ocsf.format === 'OCSF' && ocsf.findings.length === 5);
check('two fail or are manual each', ocsf.findings.filter(({ fact }) => fact === 'undecided').length === 3);
await addsNothingTwice('OCSF example', ocsf);

// ASFF findings of the Security Hub call sequences
interface Call {
  readonly operation: string;
  readonly input: { readonly Findings?: readonly object[] };
  readonly expectError?: object;
}
const sequences = JSON.parse(
  readFileSync(join(corpora, 'posture-console/securityhub-call-sequences/cases.json'), 'utf8'),
) as { cases?: readonly { steps: readonly Call[] }[] } | readonly { steps: readonly Call[] }[];
const list =
  'cases' in sequences && sequences.cases
    ? sequences.cases
    : (sequences as readonly { steps: readonly Call[] }[]);
const asff = list
  .flatMap(({ steps }) => steps)
  .filter(({ operation, expectError }) => operation === 'BatchImportFindings' && !expectError)
  .flatMap(({ input }) => input.Findings ?? [])
  .filter((finding) => 'SchemaVersion' in finding && 'GeneratorId' in finding && 'Resources' in finding);
const hub = readText('asff.json', JSON.stringify(asff));
check('the ASFF findings are read', hub.format === 'ASFF' && hub.findings.length >= asff.length);
await addsNothingTwice('ASFF sequences', hub);

// Trivy's expected reports
const trivyFolder = join(corpora, 'vulnerabilities/trivy-offline/testdata');
let reports = 0;
let vulnerabilities = 0;
for (const name of readdirSync(trivyFolder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.golden')) continue;
  const text = readFileSync(join(trivyFolder, name), 'utf8');
  const document = parsed(text) as {
    SchemaVersion?: number;
    Results?: {
      Vulnerabilities?: object[];
      Secrets?: object[];
      Misconfigurations?: object[];
      ExperimentalModifiedFindings?: object[];
    }[];
    runs?: { results: object[] }[];
  } | null;
  if (!document?.SchemaVersion && !document?.runs) continue;
  const expected =
    document.runs?.flatMap(({ results }) => results).length ??
    (document.Results ?? []).flatMap((each) => [
      ...(each.Vulnerabilities ?? []),
      ...(each.Secrets ?? []),
      ...(each.Misconfigurations ?? []),
      ...(each.ExperimentalModifiedFindings ?? []),
    ]).length;
  const read = readText(name, text);
  check(`${name}: ${expected} findings`, read.findings.length === expected, `(${read.findings.length})`);
  reports += 1;
  vulnerabilities += read.findings.length;
}
check('at least 15 reports of Trivy', reports >= 15, `(${reports})`);

// Every check of Prowler at once
const checks = gunzipSync(
  readFileSync(join(corpora, 'posture-console/control-catalogue/prowler-checks.jsonl.gz')),
)
  .toString('utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { CheckID: string; Severity: string; ServiceName: string });
const RESOURCES: Readonly<Record<string, string>> = {
  s3: 'arn:aws:s3:::webapp-filebucket-1a2b3c4d5e6f',
  rds: 'Database',
  ec2: 'WebServer',
  elbv2: 'LoadBalancer',
};
const everything = readText(
  'prowler.json',
  JSON.stringify(
    checks.map(({ CheckID, Severity, ServiceName }) => ({
      CheckID,
      Severity,
      Status: 'FAIL',
      ResourceId: RESOURCES[ServiceName] ?? `arn:aws:iam::111122223333:root`,
      AccountId: '111122223333',
    })),
  ),
);
const all = await importOf(everything);
await addsNothingTwice('every check of Prowler', everything);
check('every finding is counted', all.counts.findings === checks.length, `(${all.counts.findings})`);
check(
  'each failing fact has its decision',
  all.findings.every(({ decision }) => decision !== undefined),
);
check('at most 30 decisions', all.counts.decisions <= 30, `(${all.counts.decisions})`);

console.log(
  `OCSF ${ocsf.findings.length}, ASFF ${hub.findings.length}, Trivy ${vulnerabilities} in ${reports} reports`,
);
console.log(`${all.counts.findings} findings → ${all.counts.decisions} decisions`);
for (const { about, title, findings } of all.decisions)
  console.log(`  ${String(findings).padStart(4)} ${about.padEnd(8)} ${title.en}`);
console.log(`imports: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
