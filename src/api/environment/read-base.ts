import { relative, sep } from 'node:path';
import { findInputs } from '../../environment/inputs.ts';
import { readEnvironment } from '../../environment/read.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Scope } from '../../model/declaration.ts';
import { assess } from '../../risk/assess.ts';
import { type Base, baseOf } from './base.ts';

/** What is watched and assessed. */
export interface EnvironmentSource {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly scope?: Scope;
}

/** Reads and assesses what lies on the disk now. Never throws for what strangers wrote. */
export async function readBase(source: EnvironmentSource, now: Date): Promise<Base> {
  const reading = await readEnvironment({ ...source, asOf: now.toISOString() });
  const assessment = await assess(reading);
  return baseOf(reading, reading.graph, assessment, filesOf(source));
}

function filesOf({ paths, cwd }: EnvironmentSource): readonly string[] {
  return findInputs(paths, cwd).files.map(({ path }) => relative(cwd, path).split(sep).join('/'));
}

/** Why a new state is unfit to replace a good one: something of it cannot be read, at best with its place. */
export function inputProblem({ assessment }: Base): NotAnalysed | undefined {
  const problems = assessment.coverage.notAnalysed.filter(({ kind }) => kind === 'input');
  return problems.find(({ source }) => source) ?? problems[0];
}
