import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DECLARATION_NAME } from '../../environment/declaration.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { REGISTER_NAME } from '../../model/register.ts';
import { assess } from '../../risk/assess.ts';
import type { Invocation, Terminal } from '../command.ts';
import { readFrom } from '../environment-options.ts';
import { reportInputProblems, writeAnswer } from '../output.ts';
import { lastAssessment } from '../risk/home.ts';

/** Prints the asset inventory (情報資産管理台帳): of the paths, of this folder, else of the last assessment. */
export async function listAssets(invocation: Invocation, terminal: Terminal): Promise<number> {
  const paths = pathsToRead(invocation, terminal);
  const read = paths.length > 0 ? await assessed(paths, invocation, terminal) : undefined;
  const assessment = read ?? (await lastAssessment(invocation, terminal));
  writeAnswer(await render(assessment, invocation, terminal), invocation, terminal);
  if (!read) return 0;
  return reportInputProblems(assessment.coverage.notAnalysed, invocation, terminal) ? 2 : 0;
}

/** The operands; without them this folder where it is an environment, so that what was just added is there. */
function pathsToRead(invocation: Invocation, terminal: Terminal): readonly string[] {
  const named = invocation.operands.slice(1);
  if (named.length > 0) return named;
  const here = invocation.option('default-path') ?? '.';
  const isEnvironment = [DECLARATION_NAME, REGISTER_NAME].some((file) =>
    existsSync(join(resolve(terminal.cwd, here), file)),
  );
  return isEnvironment ? [here] : [];
}

/** Undefined where nothing was named and this folder holds nothing to read. */
async function assessed(
  paths: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<Assessment | undefined> {
  const assessment = await assess(await readFrom({ ...invocation, operands: paths }, terminal));
  const named = invocation.operands.length > 1;
  return named || assessment.assets.length > 0 ? assessment : undefined;
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
