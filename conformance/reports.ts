/**
 * Assesses other people's templates and looks at every report of each: the map's geometry, the JSON
 * against its schema, the page without foreign markup. `node conformance/reports.ts [--corpora DIR]
 * [--fetched DIR] [--verbose]`; DIR of `--fetched` is a folder of checked-out templates.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { isDeclared, type ResourceGraph } from '../src/environment/graph.ts';
import { readEnvironment } from '../src/environment/read.ts';
import { graphOf } from '../src/environment/testing.ts';
import { displayWidth } from '../src/kernel/text-width.ts';
import { LANGUAGES } from '../src/kernel/texts.ts';
import { checkGeometry, layoutMap } from '../src/map/index.ts';
import type { Assessment } from '../src/model/assessment.ts';
import { renderAssetsCsv, renderRisksCsv } from '../src/report/csv.ts';
import { renderHtml } from '../src/report/html/index.ts';
import { renderJson } from '../src/report/json.ts';
import { patchesOf } from '../src/report/patches.ts';
import { renderSarif } from '../src/report/sarif.ts';
import { renderText } from '../src/report/text.ts';
import { assess } from '../src/risk/assess.ts';
import { SAFEGUARDS } from '../src/safeguards/registry.generated.ts';
import { corporaFolder, holdingIfGiven } from './given.ts';
import { CORPORA_FILES, readConfigRuleCases, readIacExamples } from './posture/corpus.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    fetched: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../docs/schemas/assessment.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** OASIS's schema of SARIF 2.1.0 is of draft 4, which says nothing different in the keywords that it uses. */
function sarifValidator(): ValidateFunction | undefined {
  const name = 'sarif-schema-2.1.0.json';
  const folder = holdingIfGiven('--fetched', values.fetched, [name], `reports against ${name}`);
  if (folder === undefined) return undefined;
  const { $schema: _, id: __, ...rest } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return new Ajv2020({ strict: false, validateFormats: false }).compile(rest);
}

const validateSarif = sarifValidator();
let passed = 0;
let failed = 0;
let unreadable = 0;
let slowest = { name: '', milliseconds: 0 };

const corpora = corporaFolder(values.corpora, CORPORA_FILES);
if (corpora !== undefined) {
  for (const { id, template } of readConfigRuleCases(corpora)) {
    if (template !== null) await lookAtTemplate(`config-rule-cases ${id}`, template);
  }
  for (const { id, input, text } of readIacExamples(corpora)) {
    if (input === 'cloudformation') await lookAtTemplate(`iac-examples ${id}`, text);
  }
}
for (const path of values.fetched ? templatesBelow(values.fetched) : []) await lookAtFile(path);

console.log(`${unreadable} templates could not be read, which is said with a reason`);
console.log(`slowest: ${slowest.name} ${slowest.milliseconds.toFixed(0)} ms`);
console.log(`reports: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function templatesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json|template)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /AWSTemplateFormatVersion|^Resources:|"Resources"/m.test(readFileSync(path, 'utf8')))
    .sort();
}

async function lookAtTemplate(name: string, template: string | object): Promise<void> {
  let graph: ResourceGraph;
  try {
    graph = graphOf(template, { scope: 'account' });
  } catch {
    unreadable += 1;
    return;
  }
  const declaration = graph.facts.declaration;
  lookAt(name, await assess({ graph, declaration, unknowns: [], notAnalysed: [] }), graph);
}

async function lookAtFile(path: string): Promise<void> {
  const options = { paths: [path], parameters: new Map(), asOf: '2026-01-01T00:00:00.000Z', cwd: '/' };
  const reading = await readEnvironment(options);
  if (!reading.graph.resources.some(isDeclared)) {
    unreadable += 1;
    if (reading.notAnalysed.length === 0) fail(path, ['nothing was read, and no reason is given']);
    return;
  }
  lookAt(path, await assess(reading), reading.graph);
}

function lookAt(name: string, assessment: Assessment, graph: ResourceGraph): void {
  const start = performance.now();
  const problems = LANGUAGES.flatMap((language) => [
    ...checkGeometry(layoutMap(graph, assessment.safeguards, language), graph).map(
      ({ box, problem }) => `map (${language}): ${box} ${problem}`,
    ),
    ...pageProblems(renderHtml(assessment, graph, { language })),
    ...textProblems(renderText(assessment, { language, color: false, width: 100 })),
  ]);
  const patches = patchesOf(assessment, graph, SAFEGUARDS);
  if (!validate(JSON.parse(renderJson({ ...assessment, patches })))) {
    for (const error of validate.errors ?? []) problems.push(`JSON: ${error.instancePath} ${error.message}`);
  }
  if (validateSarif && !validateSarif(JSON.parse(renderSarif(assessment, 'ja')))) {
    for (const error of validateSarif.errors ?? [])
      problems.push(`SARIF: ${error.instancePath} ${error.message}`);
  }
  for (const cells of [renderRisksCsv(assessment, 'ja'), renderAssetsCsv(assessment, 'en')]) {
    if (/(?:^|,|\n)"?[=+@]/.test(cells)) problems.push('CSV: a cell begins like a formula');
  }
  const milliseconds = performance.now() - start;
  if (milliseconds > slowest.milliseconds) slowest = { name, milliseconds };
  if (problems.length > 0) fail(name, problems);
  else passed += 1;
}

function pageProblems(page: string): readonly string[] {
  const foreign = /<(?:script|iframe|object|embed|form|link|img)\b|undefined|\[object Object\]|NaN/.exec(
    page.replace(/<style>.*?<\/style>/s, ''),
  );
  return foreign ? [`page: ${foreign[0]} at ${foreign.index}`] : [];
}

function textProblems(shown: string): readonly string[] {
  return shown
    .split('\n')
    .filter((line) => displayWidth(line) > 100)
    .map((line) => `text is too wide: ${line}`);
}

function fail(name: string, problems: readonly string[]): void {
  failed += 1;
  console.log(`${name}: ${problems[0]}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`);
  if (values.verbose) for (const problem of problems.slice(1)) console.log(`  ${problem}`);
}
