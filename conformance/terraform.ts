/**
 * The Terraform reader against other people's material: every example of the Trivy checks and the whole
 * of terragoat are read; the table of types is checked against the provider's own schema and
 * CloudFormation's specification; the twin of the reference environment is validated and planned by the
 * real Terraform, and its plan must say the same as its files. What a machine lacks is skipped loudly.
 */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import type { SourceFile } from '../src/kernel/source-file.ts';
import type { Resource } from '../src/model/resource.ts';
import {
  filesInMemory,
  filesOnDisk,
  parseTerraformJson,
  readTerraformDirectory,
  readTerraformJson,
} from '../src/sources/terraform/index.ts';
import { JOINS } from '../src/sources/terraform/types/registry.ts';
import { inTerraformFolder, providerSchemas, terraformIsHere } from './terraform-provider.ts';
import { checkTable } from './terraform-table.ts';
import { twinDifferences } from './terraform-twins.ts';

const CORPORA = '../shared/corpora/posture-console';

let passed = 0;
let failed = 0;

function check(what: string, problems: readonly string[]): void {
  if (problems.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.error(`FAILED ${what}`);
  for (const problem of problems.slice(0, 60)) console.error(`  ${problem}`);
}

interface Example {
  readonly id: string;
  readonly input: string;
  readonly text: string;
}

async function readExamples(): Promise<void> {
  const path = join(CORPORA, 'iac-examples/cases.jsonl.gz');
  if (!existsSync(path)) {
    console.log(`SKIPPED the Trivy examples: ${path} is not here`);
    return;
  }
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  const examples = lines
    .map((line) => JSON.parse(line) as Example)
    .filter(({ input }) => input === 'terraform');
  const unsupported = new Map<string, number>();
  let resources = 0;
  for (const example of examples) {
    const reading = await readTerraformDirectory({
      folder: '.',
      files: filesInMemory({ 'main.tf': example.text }),
    });
    const declared = (example.text.match(/^\s*resource\s+"/gm) ?? []).length;
    const inputs = reading.notes.filter(({ kind }) => kind === 'input');
    for (const note of reading.notes) {
      if (note.kind === 'unsupported') unsupported.set(note.what, (unsupported.get(note.what) ?? 0) + 1);
    }
    resources += reading.resources.length;
    check(example.id, [
      ...inputs.map((note) => `${note.source?.line ?? 0}: ${note.reason.en}`),
      ...(declared > 0 && reading.resources.length === 0 ? ['no resource was read'] : []),
    ]);
  }
  const shown = [...unsupported].sort((a, b) => b[1] - a[1]).map(([type, count]) => `${type} ${count}`);
  console.log(
    `Trivy examples: ${examples.length} read, ${resources} resources; not judged: ${shown.join(', ')}`,
  );
}

async function readTerragoat(): Promise<void> {
  const folder = join(CORPORA, 'vulnerable-environments/terragoat');
  if (!existsSync(folder)) {
    console.log(`SKIPPED terragoat: ${folder} is not here`);
    return;
  }
  const reading = await readTerraformDirectory({ folder, files: filesOnDisk('.') });
  const types = (filesOnDisk('.').namesIn(folder) ?? [])
    .filter((name) => name.endsWith('.tf'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/^\s*resource\s+"?([\w-]+)"?\s+"/gm),
    ])
    .map((match) => match[1]);
  const merged = types.filter((type) => JOINS.some((join) => join.terraform === type)).length;
  const own = reading.resources.filter(
    ({ id, external }) => !external && !/#|^tf:(?:backend|provider)\./.test(id),
  );
  console.log(
    `terragoat: ${types.length} resource blocks, ${own.length} resources, ${merged} merged into others`,
  );
  check('terragoat', [
    ...reading.notes.filter(({ kind }) => kind === 'input').map((note) => note.reason.en),
    ...(own.length + merged === types.length ? [] : ['not every resource block became a resource']),
  ]);
}

async function checkTheTable(): Promise<void> {
  if (!terraformIsHere()) {
    console.log(
      'SKIPPED the table of types: terraform is not here, or HONMARU_TERRAFORM_MIRROR names no folder with its AWS provider',
    );
    return;
  }
  const { rows, problems } = checkTable(providerSchemas(), await loadAwsServiceSpec());
  console.log(`table of types: ${rows} rows, ${problems.length} problems`);
  check('the table of types', problems);
}

const TWIN = 'examples/webapp/terraform';

async function planTheTwin(): Promise<void> {
  if (!terraformIsHere()) {
    console.log(
      'SKIPPED the plan of the twin: terraform is not here, or HONMARU_TERRAFORM_MIRROR names no folder with its AWS provider',
    );
    return;
  }
  const written = await readTerraformDirectory({ folder: TWIN, files: filesOnDisk('.') });
  const file = plannedTwin();
  const planned = readTerraformJson(parseTerraformJson(file).root, file);
  check('the plan of the twin says the same as its files', differences(written.resources, planned.resources));
}

/** Terraform's own plan of the twin, made offline: the zones are given, since nobody can be asked for them. */
function plannedTwin(): SourceFile {
  return inTerraformFolder((folder, run) => {
    cpSync(TWIN, folder, { recursive: true });
    const main = readFileSync(join(folder, 'main.tf'), 'utf8');
    writeFileSync(join(folder, 'main.tf'), main.replace(/data "aws_availability_zones"[^}]*\}/, ''));
    const network = readFileSync(join(folder, 'network.tf'), 'utf8');
    writeFileSync(
      join(folder, 'network.tf'),
      network.replace(/data\.aws_availability_zones\.available\.names\[(\d)\]/g, '"ap-northeast-1$1"'),
    );
    writeFileSync(join(folder, 'offline.tf'), OFFLINE_PROVIDER);
    run('init', '-no-color');
    run('validate', '-no-color');
    const variables = ['-var', 'database_password=not-a-real-one', '-var', 'image_id=ami-0123456789abcdef0'];
    run('plan', '-no-color', '-refresh=false', ...variables, '-out', 'plan.bin');
    return { path: 'plan.json', text: run('show', '-json', 'plan.bin') };
  });
}

const OFFLINE_PROVIDER = `provider "aws" {
  region                      = "ap-northeast-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
`;

/** Types by address must be the same, and every reference of the files must be one of the plan. */
function differences(written: readonly Resource[], planned: readonly Resource[]): string[] {
  const plan = new Map(planned.map((resource) => [resource.id, resource]));
  const problems = written
    .filter(({ id }) => !/^tf:(?:backend|provider)\./.test(id))
    .flatMap((resource): string[] => {
      const other = plan.get(resource.id);
      if (!other) return [`${resource.id} is missing in the plan`];
      if (other.type !== resource.type) return [`${resource.id}: ${resource.type} and ${other.type}`];
      const found = referencesOf(other);
      return [...referencesOf(resource)]
        .filter((reference) => !found.has(reference))
        .map((reference) => `${resource.id}: the plan does not refer to ${reference}`);
    });
  const files = new Set(written.map(({ id }) => id));
  return [
    ...problems,
    ...planned.filter(({ id }) => !files.has(id)).map(({ id }) => `${id} is only in the plan`),
  ];
}

function referencesOf(resource: Resource): ReadonlySet<string> {
  const found = new Set<string>();
  const text = JSON.stringify(resource.properties, (key, value: unknown) =>
    key === 'span' ? undefined : value instanceof Map ? [...value] : value,
  );
  for (const [, id] of text.matchAll(/"resource":"(tf:[^"]+)"/g)) if (id !== undefined) found.add(id);
  return found;
}

async function compareTwins(): Promise<void> {
  for (const example of ['examples/webapp', 'examples/webapp-hardened']) {
    if (!existsSync(`${example}/terraform`)) continue;
    const problems = await twinDifferences(`${example}/template.yaml`, `${example}/terraform`);
    check(`the twins of ${example} are judged alike`, problems);
  }
}

/** The real Terraform accepts the examples; the backend of the hardened one is left out. */
function validateExamples(): void {
  if (!terraformIsHere()) {
    console.log(
      'SKIPPED validating the examples: terraform is not here, or HONMARU_TERRAFORM_MIRROR names no folder with its AWS provider',
    );
    return;
  }
  for (const example of ['examples/webapp/terraform', 'examples/webapp-hardened/terraform']) {
    if (!existsSync(example)) continue;
    inTerraformFolder((folder, run) => {
      cpSync(example, folder, { recursive: true });
      run('init', '-no-color', '-backend=false');
      run('validate', '-no-color');
      run('fmt', '-check');
    });
    check(`${example} is valid`, []);
  }
}

await readExamples();
await readTerragoat();
await checkTheTable();
await planTheTwin();
validateExamples();
await compareTwins();
console.log(`terraform: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
