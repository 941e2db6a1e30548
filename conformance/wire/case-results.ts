import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DescribedSuite } from './described-model.ts';

/** What became of the cases of one file. */
export interface CaseResults {
  readonly file: string;
  passed: number;
  readonly failed: string[];
  /** Cases that ask for something that no server does. */
  readonly skipped: string[];
}

export type Suite<Case> = DescribedSuite & { readonly cases: readonly Case[] };

export function suitesOf<Case>(directory: string, direction: string, file: string): readonly Suite<Case>[] {
  return JSON.parse(readFileSync(join(directory, direction, file), 'utf8'));
}

/** Runs one case; `run` says what is wrong. */
export function record(results: CaseResults, id: string, run: () => string | undefined): void {
  let problem: string | undefined;
  try {
    problem = run();
  } catch (error) {
    problem = (error as Error).stack?.split('\n').slice(0, 3).join(' | ') ?? 'failed';
  }
  if (problem === undefined) results.passed += 1;
  else results.failed.push(`${results.file} ${id}: ${problem}`);
}
