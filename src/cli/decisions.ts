import type { Histories } from '../decisions/heads.ts';
import type { Base } from '../decisions/read-roots.ts';
import type { Roots } from '../decisions/roots.ts';
import type { EnvironmentReading } from '../environment/read.ts';
import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment, NotAnalysed } from '../model/assessment.ts';
import type { Invocation, OptionDefinition, Terminal } from './command.ts';
import { sayChangedRoots, sayClock, sayOtherNames } from './decisions/notices.ts';
import { sourcesFrom } from './decisions/sources.ts';
import type { HeldRisks } from './threshold.ts';

export const DECISION_OPTIONS = {
  decisions: {
    type: 'string',
    value: 'FILE',
    help: text(
      'decisions to apply (default: honmaru.decisions.jsonl beside honmaru.yaml, and the records)',
      '適用する決定のファイル(既定:honmaru.yaml の隣の honmaru.decisions.jsonl と記録)',
    ),
  },
  base: {
    type: 'string',
    value: 'REVISION',
    help: text(
      'take owner, signers and classes from this git revision, not from the change that is judged',
      '事業責任者・署名者・重要度を、評価する変更ではなくこのgitリビジョンから取る',
    ),
  },
} satisfies Record<string, OptionDefinition>;

/** An assessment with its decisions, and the risks that may not pass for lower than the base has them. */
export interface DecidedAssessment {
  readonly assessment: Assessment;
  readonly held: HeldRisks;
}

/**
 * Verifies what was decided about the risks of an assessment and applies it. With `--base` the roots come
 * from there and only the file counts, because that is what is reviewed; else the records of this machine
 * count as well. What is wrong with the histories becomes an input problem.
 */
export async function withDecisions(
  assessment: Assessment,
  reading: EnvironmentReading,
  invocation: Invocation,
  terminal: Terminal,
): Promise<DecidedAssessment> {
  const sources = sourcesFrom(reading, invocation, terminal);
  const records =
    sources.store === undefined ? new Map() : await recordsOf(sources.store, invocation, terminal);
  if (sources.unread !== undefined) await sayUnread(sources.unread, assessment, invocation, terminal);
  // Most runs end here: nothing more of decisions is loaded for them.
  if (sources.file === undefined && sources.base === undefined && records.size === 0) {
    return { assessment: undecided(assessment), held: new Map() };
  }
  const { gatherDecisions } = await import('./decisions/gather.ts');
  const { base, histories, filed, problems } = await gatherDecisions(sources, records, terminal);
  const noted = withProblems(assessment, problems);
  if (!base && histories.size === 0) return { assessment: undecided(noted), held: new Map() };
  if (!base) await sayChangedRoots(sources.folder, invocation, terminal);
  return applied(noted, { base, histories, filed, folder: sources.folder, reading }, invocation, terminal);
}

/** Records that cannot be read are said, and never fail the assessment: then no decision of theirs counts. */
async function recordsOf(directory: string, invocation: Invocation, terminal: Terminal): Promise<Histories> {
  const { recordsIn } = await import('./decisions/records.ts');
  try {
    return await recordsIn(directory);
  } catch (error) {
    if (!(error instanceof HonmaruError)) throw error;
    const { language } = invocation;
    terminal.error(`honmaru: ${NO_RECORDS[language]}: ${error.text[language]}\n`);
    return new Map();
  }
}

/** With `--no-store` the records are left alone, so what was decided on this machine does not count: it is said. */
async function sayUnread(
  directory: string,
  assessment: Assessment,
  invocation: Invocation,
  terminal: Terminal,
): Promise<void> {
  const { environmentOf } = await import('../decisions/apply.ts');
  const name = environmentOf(assessment);
  const records = await recordsOf(directory, invocation, terminal);
  const count = [...records.values()].filter(([first]) => first?.environment === name).length;
  if (count === 0) return;
  const sentence = text(
    `${count} ${count === 1 ? 'risk of this environment was' : 'risks of this environment were'} proposed or decided about on this machine; with --no-store that is not applied`,
    `この環境のリスク${count}件について、この機器に提案・決定の記録がありますが、--no-store のため適用していません`,
  );
  const remedy = text(
    'leave --no-store out, or write them into a file: honmaru risk export --out honmaru.decisions.jsonl',
    '--no-store を外すか、honmaru risk export --out honmaru.decisions.jsonl でファイルに書き出してください',
  );
  const { language } = invocation;
  terminal.error(`honmaru: ${sentence[language]}\n  → ${remedy[language]}\n`);
}

const NO_RECORDS = text('the kept decisions were not applied', '記録された決定を適用できませんでした');

interface Gathered {
  readonly base: Base | undefined;
  readonly histories: Histories;
  /** Those of the file alone. */
  readonly filed: Histories;
  readonly folder: string;
  readonly reading: EnvironmentReading;
}

async function applied(
  assessment: Assessment,
  { base, histories, filed, folder, reading }: Gathered,
  invocation: Invocation,
  terminal: Terminal,
): Promise<DecidedAssessment> {
  const { applyDecisions, environmentOf } = await import('../decisions/apply.ts');
  const { ownerProblem } = await import('../decisions/owner.ts');
  const { rootsIn } = await import('../decisions/read-roots.ts');
  const roots: Roots = base?.roots ?? rootsIn(reading.declaration, folder);
  const now = terminal.now();
  sayClock(histories, now, invocation, terminal);
  sayOtherNames(filed, environmentOf(assessment), invocation, terminal);
  const unknown = await ownerProblem(
    roots,
    base ? base.declaration.ownerSource : reading.declaration.ownerSource,
  );
  const decisions = await applyDecisions(assessment, histories, roots, now);
  const decided = { ...withProblems(assessment, unknown ? [unknown] : []), decisions };
  if (!base) return { assessment: decided, held: new Map() };
  const { loweredClasses } = await import('../decisions/classes.ts');
  const declared = { base: base.declaration.assets, now: reading.declaration.assets };
  const environment = environmentOf(assessment);
  const held = await loweredClasses(assessment, declared, { histories, roots, environment });
  const sentences = new Set([...held.values()].flat().map(({ why }) => why[invocation.language]));
  for (const sentence of sentences) terminal.error(`honmaru: ${sentence}\n`);
  return { assessment: decided, held };
}

function undecided(assessment: Assessment): Assessment {
  const decisions = assessment.risks.map(({ id }) => ({
    risk: id,
    status: 'undecided' as const,
    counts: false,
  }));
  return { ...assessment, decisions };
}

function withProblems(assessment: Assessment, problems: readonly NotAnalysed[]): Assessment {
  if (problems.length === 0) return assessment;
  const { coverage } = assessment;
  return { ...assessment, coverage: { ...coverage, notAnalysed: [...coverage.notAnalysed, ...problems] } };
}
