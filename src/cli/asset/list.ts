import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { assess } from '../../risk/assess.ts';
import type { Invocation, Terminal } from '../command.ts';
import { readFrom } from '../environment-options.ts';
import { reportInputProblems, writeAnswer } from '../output.ts';
import { lastAssessment } from '../risk/home.ts';

/** Prints the asset inventory (情報資産管理台帳): of the paths, else of the last assessment. */
export async function listAssets(invocation: Invocation, terminal: Terminal): Promise<number> {
  const paths = invocation.operands.slice(1);
  const assessment =
    paths.length > 0
      ? await assess(await readFrom({ ...invocation, operands: paths }, terminal))
      : await lastAssessment(invocation, terminal);
  writeAnswer(await render(assessment, invocation, terminal), invocation, terminal);
  if (paths.length === 0) return 0;
  return reportInputProblems(assessment.coverage.notAnalysed, invocation, terminal) ? 2 : 0;
}

async function render(assessment: Assessment, invocation: Invocation, terminal: Terminal): Promise<string> {
  const { language } = invocation;
  switch (invocation.option('format')) {
    case 'json':
      return `${JSON.stringify(assessment.assets, null, 2)}\n`;
    case 'csv': {
      const { renderAssetsCsv } = await import('../../report/csv.ts');
      return renderAssetsCsv(assessment, language);
    }
    default: {
      const { renderAssets } = await import('../../report/text/assets.ts');
      const color = terminal.color && invocation.option('out') === undefined;
      return renderAssets(assessment, { language, color, width: terminal.width });
    }
  }
}

export const LIST_FORMAT = {
  format: {
    type: 'string',
    choices: ['text', 'json', 'csv'],
    value: 'FORMAT',
    help: text('of list: text, json or csv (default: text)', 'list の形式:text・json・csv(既定:text)'),
  },
} as const;
