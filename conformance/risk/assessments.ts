import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ResourceGraph } from '../../src/environment/graph.ts';
import { readEnvironment } from '../../src/environment/read.ts';
import type { Assessment } from '../../src/model/assessment.ts';
import type { Scope } from '../../src/model/declaration.ts';
import { renderJson } from '../../src/report/json.ts';
import { assess } from '../../src/risk/assess.ts';
import { verifyScores } from '../../src/risk/verify.ts';
import { readConfigRuleCases, readIacExamples } from '../posture/corpus.ts';
import type { Tally } from './tally.ts';

export interface Assessed {
  readonly assessment: Assessment;
  readonly graph: ResourceGraph;
}

/** Assesses a path as the command does, as one part of an account or as all of it. */
export async function assessedAt(path: string, scope?: Scope): Promise<Assessed> {
  const reading = await readEnvironment({
    paths: [path],
    parameters: new Map(),
    asOf: '2026-01-01T00:00:00.000Z',
    cwd: join(path, '..'),
    ...(scope ? { scope } : {}),
  });
  return { assessment: await assess(reading), graph: reading.graph };
}

/** How many risks the assessments had of which every score agreed. */
export interface Verified {
  assessments: number;
  risks: number;
}

/** Every template of the corpora, in both scopes: the scores follow from the JSON alone. */
export async function corpora(folder: string, tally: Tally): Promise<Verified> {
  const verified = { assessments: 0, risks: 0 };
  const work = mkdtempSync(join(tmpdir(), 'honmaru-conformance-'));
  try {
    const look = async (name: string, file: string, text: string) => {
      const path = join(work, file);
      writeFileSync(path, text);
      for (const scope of ['application', 'account'] as const)
        await verify(`${name} (${scope})`, path, scope, { tally, verified });
      rmSync(path);
    };
    for (const { id, template } of readConfigRuleCases(folder))
      if (template !== null) await look(`config-rule-cases ${id}`, 'case.json', JSON.stringify(template));
    for (const { id, input, text } of readIacExamples(folder)) {
      const file = input === 'cloudformation' ? 'case.yaml' : 'case.tf';
      await look(`iac-examples ${id}`, file, text);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return verified;
}

/** Files or folders that were fetched, each as one environment. */
export async function fetched(paths: readonly string[], tally: Tally): Promise<Verified> {
  const verified = { assessments: 0, risks: 0 };
  for (const path of paths) await verify(basename(path), path, undefined, { tally, verified });
  return verified;
}

async function verify(
  name: string,
  path: string,
  scope: Scope | undefined,
  { tally, verified }: { readonly tally: Tally; readonly verified: Verified },
): Promise<void> {
  try {
    const { assessment } = await assessedAt(path, scope);
    const problems = verifyScores(JSON.parse(renderJson(assessment)));
    verified.assessments += 1;
    verified.risks += assessment.risks.length;
    if (problems.length === 0) tally.pass();
    else tally.fail(name, problems.map(({ risk, problem }) => `${risk}: ${problem}`).join('; '));
  } catch (error) {
    tally.fail(name, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
