/**
 * Reads other people's CloudFormation: every template of the corpora and of aws-cloudformation-templates. A case
 * passes when the reader neither crashes nor gives an empty result without a reason, and every problem that it
 * reports has a place.
 *
 *     node conformance/cloudformation.ts [--corpora DIR] [--fetched DIR] [--verbose]
 */
import { deepEqual } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isDeclared } from '../src/environment/graph.ts';
import { readEnvironment } from '../src/environment/read.ts';
import { documentOf } from '../src/sources/documents/common-yaml/document-of.ts';
import { readCommonYaml } from '../src/sources/documents/common-yaml/read-common-yaml.ts';
import { isJson } from '../src/sources/documents/parse-document.ts';
import { readSource } from '../src/sources/documents/read-file.ts';
import { parseYaml } from '../src/sources/documents/yaml.ts';
import { fetchedRepository, filesBelow } from './fetched.ts';
import { corporaFolder, endFailed } from './given.ts';
import { CORPORA_FILES, readConfigRuleCases, readIacExamples } from './posture/corpus.ts';

const REPOSITORY = 'aws-cloudformation/aws-cloudformation-templates';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    fetched: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

let passed = 0;
let failed = 0;
const counts = { read: 0, withProblems: 0, noTemplate: 0, yaml: 0, quick: 0 };
const work = mkdtempSync(join(tmpdir(), 'honmaru-conformance-'));

/** Reads one file as a user would name it on the command line. */
async function readCase(name: string, path: string): Promise<void> {
  try {
    const reading = await readEnvironment({
      paths: [path],
      parameters: new Map(),
      asOf: '2026-01-01T00:00:00.000Z',
      cwd: work,
    });
    const resources = reading.graph.resources.filter(isDeclared).length;
    const problems = reading.notAnalysed.filter(({ kind }) => kind === 'input');
    if (resources === 0 && reading.notAnalysed.length === 0)
      return fail(name, 'nothing was read, without a reason');
    if (resources === 0) counts.noTemplate += 1;
    else if (problems.length > 0) counts.withProblems += 1;
    else counts.read += 1;
    sameAsComplete(path);
    if (values.verbose)
      for (const { reason, source } of problems) console.log(`${name}:${source?.line}: ${reason.en}`);
    passed += 1;
  } catch (error) {
    fail(name, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/**
 * What the quick reader of YAML says must be what the complete parser says, to the offset of every node.
 *
 * @throws AssertionError where it is not.
 */
function sameAsComplete(path: string): void {
  const file = readSource(path, path);
  if (isJson(file)) return;
  const written = readCommonYaml(file.text);
  counts.yaml += 1;
  if (!written) return;
  counts.quick += 1;
  deepEqual({ root: documentOf(written), problems: [] }, parseYaml(file));
}

function fail(name: string, why: string): void {
  failed += 1;
  console.log(`FAILED ${name}: ${why}`);
}

async function corpora(): Promise<void> {
  const folder = corporaFolder(values.corpora, CORPORA_FILES);
  if (folder === undefined) return;
  for (const { id, template } of readConfigRuleCases(folder)) {
    if (template !== null) await readText(`config-rule-cases ${id}`, JSON.stringify(template), 'json');
  }
  for (const { id, input, text } of readIacExamples(folder)) {
    if (input === 'cloudformation') await readText(`iac-examples ${id}`, text, 'yaml');
  }
}

async function readText(name: string, text: string, extension: string): Promise<void> {
  const path = join(work, `case.${extension}`);
  writeFileSync(path, text);
  await readCase(name, path);
}

async function repository(): Promise<void> {
  const folder = fetchedRepository(values.fetched, REPOSITORY);
  if (folder === undefined) {
    if (values.fetched !== undefined) endFailed(`--fetched ${values.fetched}: ${REPOSITORY} is not below it`);
    console.log(`SKIPPED, NOT RUN: ${REPOSITORY} (--fetched DIR)`);
    return;
  }
  const files = filesBelow(folder, /\.(ya?ml|json|template)$/).filter((path) =>
    /AWSTemplateFormatVersion|^Resources:|"Resources"\s*:/m.test(readFileSync(path, 'utf8')),
  );
  console.log(`${REPOSITORY}: ${files.length} templates`);
  for (const path of files) await readCase(`${basename(path)}`, path);
}

try {
  await corpora();
  await repository();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(
  `read: ${counts.read}, read with problems: ${counts.withProblems}, no template: ${counts.noTemplate}`,
);
console.log(
  `YAML: ${counts.yaml} files, ${counts.quick} in the common form and read alike by the complete parser`,
);
console.log(`cloudformation: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
