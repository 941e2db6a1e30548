import { resolve } from 'node:path';
import { CONTROLS } from '../controls/registry.generated.ts';
import type { ResourceGraph } from '../environment/graph.ts';
import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { findSubject, renderExplanation, type Subject, suggestSubject } from '../report/explain.ts';
import { assess } from '../risk/assess.ts';
import { RULE_PAGES } from '../risk/rule-pages.generated.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS, parametersFrom, readFrom } from './environment-options.ts';
import { DATA_OPTION, dataDirectory, type KeptAssessment, keptAssessments } from './last-assessment.ts';
import { reportInputProblems } from './output.ts';

export const command: Command = {
  name: 'explain',
  operands: 'ID [PATH…]',
  summary: text(
    'what a risk, finding, control or safeguard means, and why it is so',
    'リスク・検出結果・コントロール・対策の意味と理由を説明する',
  ),
  options: { ...ENVIRONMENT_OPTIONS, ...DATA_OPTION },
  examples: [
    'honmaru explain inject-db',
    'honmaru explain S3.8 template.yaml',
    'honmaru explain "Gurd Duty" --lang ja',
  ],
  run,
};

/** What can be explained without any assessment. */
const PAGES = { controls: CONTROLS, safeguards: SAFEGUARDS, rules: RULE_PAGES };

/** What is known while something is explained. */
interface Known {
  readonly assessment?: Assessment;
  readonly graph?: ResourceGraph;
}

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [word, ...paths] = invocation.operands;
  if (word === undefined) {
    throw new UsageError({
      code: 'explain-operand',
      message: text(
        'explain needs the id or name of something',
        'explain には説明対象のIDまたは名前が必要です',
      ),
      remedy: text('for example: honmaru explain waf', '例:honmaru explain waf'),
    });
  }
  if (paths.length === 0) return explainKept(word, invocation, terminal);
  const reading = await readFrom({ ...invocation, operands: paths }, terminal);
  const known = { assessment: await assess(reading), graph: reading.graph };
  print(requireSubject(word, known), known, invocation, terminal);
  return reportInputProblems(known.assessment.coverage.notAnalysed, invocation, terminal) ? 2 : 0;
}

/** Explains from the kept assessments, the newest one first; controls and safeguards need none. */
async function explainKept(word: string, invocation: Invocation, terminal: Terminal): Promise<number> {
  let newest: Known = {};
  for await (const kept of keptAssessments(dataDirectory(invocation.option('data'), terminal))) {
    const { assessment } = kept;
    newest = newest.assessment ? newest : { assessment };
    const subject = find(word, { assessment });
    // An older assessment may have a risk of a rule that the newest one does not meet.
    if (!subject || subject.kind === 'rule') continue;
    print(subject, { assessment, ...(await graphAgain(kept, invocation)) }, invocation, terminal);
    return 0;
  }
  print(requireSubject(word, newest), newest, invocation, terminal);
  return 0;
}

/** The graph of a kept assessment, for patches: read again when its files are still there. */
async function graphAgain(kept: KeptAssessment, invocation: Invocation): Promise<Known> {
  const { readEnvironment } = await import('../environment/read.ts');
  const reading = await readEnvironment({
    paths: kept.paths.map((path) => resolve(kept.cwd, path)),
    cwd: kept.cwd,
    parameters: parametersFrom(invocation.options('parameter')),
    scope: kept.assessment.environment.scope,
    asOf: kept.assessment.assessedAt,
  });
  return reading.notAnalysed.some(({ kind }) => kind === 'input') ? {} : { graph: reading.graph };
}

function find(word: string, known: Known): Subject | undefined {
  return findSubject(word, { ...known, ...PAGES });
}

function requireSubject(word: string, known: Known): Subject {
  const subject = find(word, known);
  if (subject) return subject;
  const meant = suggestSubject(word, { ...known, ...PAGES });
  throw new UsageError({
    code: 'unknown-subject',
    message: text(
      `nothing is called "${word}"; ids of risks and findings come from the last assessment`,
      `「${word}」は見つかりません。リスクと検出結果のIDは直近の評価のものです`,
    ),
    remedy: meant
      ? text(`did you mean "${meant}"?`, `「${meant}」のことですか?`)
      : text(
          'run "honmaru assess PATH" first, or name a PATH',
          '先に「honmaru assess PATH」を実行するか、PATHを指定してください',
        ),
  });
}

function print(subject: Subject, known: Known, invocation: Invocation, terminal: Terminal): void {
  const context = { ...known, ...PAGES };
  const options = { language: invocation.language, color: terminal.color, width: terminal.width };
  terminal.out(renderExplanation(subject, context, options));
}
