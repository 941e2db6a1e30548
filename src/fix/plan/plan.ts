import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EditedFile } from '../../environment/load-templates.ts';
import { type EnvironmentReading, type ReadOptions, readEnvironment } from '../../environment/read.ts';
import { text } from '../../kernel/texts.ts';
import { readSource } from '../../sources/documents/read-file.ts';
import { candidatesOf } from './candidates.ts';
import type { Answers, Candidate, Change } from './change.ts';
import type { FileChange } from './file-change.ts';
import { planRound, type Round } from './round.ts';

/** What is planned, and from what. */
export interface PlanOptions {
  readonly read: ReadOptions;
  readonly answers: Answers;
  /** Whether a candidate is wanted; those of later rounds (places that the plan itself adds) are asked for too. */
  readonly wanted: (candidate: Candidate) => boolean;
}

/** Everything that `fix` would do. */
export interface FixPlan {
  readonly before: EnvironmentReading;
  readonly after: EnvironmentReading;
  readonly changes: readonly Change[];
  /** The files of each round; a later round starts from what the earlier ones made. */
  readonly rounds: readonly (readonly FileChange[])[];
  /** The texts at the end, by absolute path. */
  readonly edited: ReadonlyMap<string, EditedFile>;
}

/** A place that a plan adds may need safeguards of its own, and those places too; deeper is a defect. */
const MOST_ROUNDS = 8;
const MOST_TRIALS = 4;

const NOT_FINISHED = text(
  'an edit alone does not put it on: people must finish it, so nothing is written',
  '編集だけでは有効になりません。人の作業が必要なため、何も書き込みません',
);

/**
 * Plans until nothing is left to edit, so that a second run finds nothing to do. A change after which the same
 * edit would be asked for again is taken out: it needs people.
 */
export async function planFix(options: PlanOptions, before?: EnvironmentReading): Promise<FixPlan> {
  const reading = before ?? (await readEnvironment(options.read));
  const unfinished = new Map<string, Change>();
  for (let trial = 1; ; trial += 1) {
    const { plan, last, applied } = await planOnce(options, reading, unfinished);
    const again = last.changes.filter(({ id, edits }) => applied.has(id) && edits.length > 0);
    if (again.length === 0 || trial === MOST_TRIALS) return plan;
    for (const change of again) {
      unfinished.set(change.id, {
        ...change,
        outcome: 'by-hand',
        edits: [],
        deploy: [],
        reason: NOT_FINISHED,
      });
    }
  }
}

interface Trial {
  readonly plan: FixPlan;
  /** What a further round would do. */
  readonly last: Round;
  readonly applied: ReadonlySet<string>;
}

async function planOnce(
  options: PlanOptions,
  before: EnvironmentReading,
  unfinished: ReadonlyMap<string, Change>,
): Promise<Trial> {
  const edited = new Map<string, EditedFile>();
  const rounds: (readonly FileChange[])[] = [];
  const changes = new Map<string, Change>(unfinished);
  const applied = new Set<string>();
  const deferred = new Map<string, Change>();
  let reading = before;
  for (;;) {
    const open = candidatesOf(reading.graph).filter(
      (each) => options.wanted(each) && !unfinished.has(each.id),
    );
    const waiting = open.filter(({ id }) => !applied.has(id));
    const read = (path: string) => currentText(resolve(options.read.cwd, path), edited);
    const context = { graph: reading.graph, answers: options.answers, read };
    const round = await planRound(context, waiting);
    for (const change of round.changes) {
      if (!changes.has(change.id) || change.edits.length > 0) changes.set(change.id, change);
      if (change.edits.length > 0) applied.add(change.id);
    }
    for (const change of round.deferred) deferred.set(change.id, change);
    if (round.files.length === 0 || rounds.length === MOST_ROUNDS) {
      const again = open.filter(({ id }) => applied.has(id));
      const last = again.length === 0 ? round : await planRound(context, again);
      // What another change did on the way is done as well.
      for (const [id, change] of deferred) if (!changes.has(id)) changes.set(id, change);
      const plan = { before, after: reading, changes: [...changes.values()], rounds, edited };
      return { plan, last: effective(last), applied };
    }
    rounds.push(round.files);
    for (const { file, after, parsed } of round.files) {
      edited.set(resolve(options.read.cwd, file.path), { text: after, ...(parsed ? { parsed } : {}) });
    }
    reading = await readEnvironment({ ...options.read, edited });
  }
}

function currentText(path: string, edited: ReadonlyMap<string, EditedFile>): string | undefined {
  const text = edited.get(path)?.text;
  if (text !== undefined) return text;
  return existsSync(path) && statSync(path).isFile() ? readSource(path, path).text : undefined;
}

/** The changes of a round that really change a file. */
function effective(round: Round): Round {
  const by = new Set(round.files.flatMap(({ splices }) => splices.flatMap((splice) => splice.by)));
  return { ...round, changes: round.changes.filter(({ id }) => by.has(id)) };
}
