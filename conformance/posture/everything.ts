import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLS } from '../../src/controls/registry.generated.ts';
import { runControls } from '../../src/controls/run.ts';
import { readConfigRuleCases, readIacExamples } from './corpus.ts';
import { contradictions } from './implications.ts';
import { graphOfConfiguration, graphOfTemplate } from './snippet.ts';

export interface WholeRun {
  readonly environments: number;
  readonly findings: number;
  /** What contradicts itself or crashed, with the name of the template. */
  readonly problems: readonly string[];
}

/** Runs every control on every template of the corpora, and on those of a folder that was fetched. */
export async function runEverything(corpora: string, fetched: string | undefined): Promise<WholeRun> {
  const problems: string[] = [];
  let environments = 0;
  let findings = 0;
  for await (const { name, graph } of templates(corpora, fetched)) {
    try {
      const found = runControls(await graph(), CONTROLS);
      environments += 1;
      findings += found.length;
      for (const problem of contradictions(found)) problems.push(`${name}: ${problem}`);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { environments, findings, problems };
}

async function* templates(corpora: string, fetched: string | undefined) {
  for (const { id, template } of readConfigRuleCases(corpora)) {
    const isTemplate = template !== null && 'Resources' in template && template.Resources;
    if (isTemplate) yield { name: id, graph: () => graphOfTemplate(template) };
  }
  for (const { id, input, text } of readIacExamples(corpora)) {
    const graph = () => (input === 'terraform' ? graphOfConfiguration(text) : graphOfTemplate(text));
    yield { name: id, graph };
  }
  for (const path of fetched === undefined ? [] : templatesBelow(fetched)) {
    yield { name: path, graph: () => graphOfTemplate(readFileSync(path, 'utf8')) };
  }
}

/** Files that look like CloudFormation templates. */
function templatesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ya?ml|json|template)$/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => /^\s*"?Resources"?\s*:/m.test(readFileSync(path, 'utf8')));
}
