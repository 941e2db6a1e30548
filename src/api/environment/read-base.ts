import { relative, sep } from 'node:path';
import type { ResourceGraph } from '../../environment/graph.ts';
import { findInputs } from '../../environment/inputs.ts';
import { readEnvironment } from '../../environment/read.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Scope } from '../../model/declaration.ts';
import type { KeyFact } from '../../model/key-fact.ts';
import { assess } from '../../risk/assess.ts';
import { localDesk } from '../assessor/local-desk.ts';
import { type Base, type BaseParts, baseOf } from './base.ts';

/** What is watched and assessed. */
export interface EnvironmentSource {
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly scope?: Scope;
  /** Keys that open nothing now, or soon nothing any more, as the KMS that keeps them says. */
  readonly keys?: readonly KeyFact[];
}

/** A state as it was read, with its graph. */
export interface ReadState extends Omit<BaseParts, 'desk'> {
  readonly graph: ResourceGraph;
}

/** Reads and assesses what lies on the disk now. Never throws for what strangers wrote. */
export async function readState(source: EnvironmentSource, now: Date): Promise<ReadState> {
  const environment = await readEnvironment({ ...source, asOf: now.toISOString() });
  const { graph, declaration, folder } = environment;
  const assessment = await assess(environment);
  const known = new Set(assessment.environment.resources.map(({ id }) => id));
  return {
    graph,
    assessment,
    reading: { declaration, ...(folder !== undefined && { folder }) },
    files: filesOf(source),
    otherTypes: graph.resources.filter(({ id }) => !known.has(id)).map(({ id, type }) => [id, type]),
  };
}

/** The same in this thread. */
export async function readBase(source: EnvironmentSource, now: Date): Promise<Base> {
  const { graph, ...parts } = await readState(source, now);
  return baseOf({ ...parts, desk: localDesk({ graph, assessment: parts.assessment }) });
}

function filesOf({ paths, cwd }: EnvironmentSource): readonly string[] {
  return findInputs(paths, cwd).files.map(({ path }) => relative(cwd, path).split(sep).join('/'));
}

/** Why a new state is unfit to replace a good one: something of it cannot be read, at best with its place. */
export function inputProblem({ assessment }: Base): NotAnalysed | undefined {
  const problems = assessment.coverage.notAnalysed.filter(({ kind }) => kind === 'input');
  return problems.find(({ source }) => source) ?? problems[0];
}
