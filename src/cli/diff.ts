import { resolve } from 'node:path';
import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { renderDiffMarkdown, renderDiffText } from '../report/diff.ts';
import { assess } from '../risk/assess.ts';
import { type Comparison, compareAssessments, isWorse, worsened } from '../risk/compare.ts';
import { type Rename, stackCounterparts } from '../risk/renames.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS, readFrom } from './environment-options.ts';
import { OUT_OPTION, reportInputProblems, writeAnswer } from './output.ts';
import { risksReach } from './threshold.ts';
import { reportAt } from './written-report.ts';

export const command: Command = {
  name: 'diff',
  operands: 'OLD NEW',
  summary: text(
    'what a change does to paths, risks, safeguards and verdicts',
    '変更が経路・リスク・対策・検査結果に与える影響を示す',
  ),
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json', 'markdown'],
      value: 'text|json|markdown',
      help: text('form of the answer (default: text)', '出力形式(既定:text)'),
    },
    ...OUT_OPTION,
    parameter: ENVIRONMENT_OPTIONS.parameter,
    scope: ENVIRONMENT_OPTIONS.scope,
    'fail-on': {
      type: 'string',
      choices: ['high', 'medium', 'low'],
      value: 'high|medium|low',
      help: text(
        'exit with 1 when a risk of this level appears, or rises to it',
        'このレベル以上のリスクが増えるか、上がれば終了コード1',
      ),
    },
    'fail-on-worse': {
      type: 'boolean',
      help: text('exit with 1 when a risk appears or rises', 'リスクが増えるか上がれば終了コード1'),
    },
  },
  examples: [
    'honmaru diff main/template.yaml change/template.yaml',
    'honmaru diff before.json infrastructure/ --format markdown --out comment.md',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [old, changed, ...others] = invocation.operands;
  if (old === undefined || changed === undefined || others.length > 0) {
    throw new UsageError({
      code: 'diff-operands',
      message: text(
        'diff takes two environments, OLD and NEW',
        'diff には比較元と比較先の2つを指定してください',
      ),
      remedy: text(
        'each is a path as for assess, or the JSON that assess wrote',
        'それぞれ assess と同じパス、または assess が書き出したJSONです',
      ),
    });
  }
  const before = await assessmentOf(old, invocation, terminal);
  const { after, comparison } = await compared(before, changed, invocation, terminal);
  writeAnswer(render({ before, after, comparison }, invocation), invocation, terminal);
  // What was wrong in OLD is told and does not fail: NEW may be what mends it.
  reportInputProblems(before.coverage.notAnalysed, invocation, terminal);
  if (reportInputProblems(after.coverage.notAnalysed, invocation, terminal)) return 2;
  const met = invocation.flag('fail-on-worse') && isWorse(comparison);
  return met || risksReach(worsened(comparison), after, invocation.option('fail-on')) ? 1 : 0;
}

/**
 * NEW beside what OLD was. A stack is called after its file, so two versions of one template at different paths
 * are taken for one stack; that its name changed is still told, because a decision would not follow it.
 */
async function compared(
  before: Assessment,
  changed: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<{ readonly after: Assessment; readonly comparison: Comparison }> {
  const plain = await assessmentOf(changed, invocation, terminal);
  const stacks = stackCounterparts(before, plain);
  if (stacks.length === 0) return { after: plain, comparison: compareAssessments(before, plain) };
  const after = await assessmentOf(changed, invocation, terminal, stacks);
  const comparison = compareAssessments(before, after);
  return { after, comparison: { ...comparison, renamed: [...stacks, ...comparison.renamed] } };
}

function render(difference: Parameters<typeof renderDiffText>[0], invocation: Invocation): string {
  switch (invocation.option('format')) {
    case 'json':
      return `${JSON.stringify(difference.comparison, null, 2)}\n`;
    case 'markdown':
      return renderDiffMarkdown(difference, invocation.language);
    default:
      return renderDiffText(difference, invocation.language);
  }
}

async function assessmentOf(
  path: string,
  invocation: Invocation,
  terminal: Terminal,
  moved: readonly Rename[] = [],
): Promise<Assessment> {
  const written = await reportAt(resolve(terminal.cwd, path), path);
  return written ?? assess(await readFrom({ ...invocation, operands: [path] }, terminal, moved));
}
