import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HonmaruError } from '../kernel/errors.ts';
import { formatPlace } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Invocation, OptionDefinition, Terminal } from './command.ts';

export const OUT_OPTION = {
  out: {
    type: 'string',
    value: 'FILE',
    help: text('write the answer to a file instead', '結果をファイルに書き出す'),
  },
} satisfies Record<string, OptionDefinition>;

/**
 * Writes an answer to `--out FILE` (readable by its owner only: it tells where the weak points are), or
 * to standard output.
 *
 * @throws HonmaruError `out-file` when the file cannot be written.
 */
export function writeAnswer(answer: string, invocation: Invocation, terminal: Terminal): void {
  const name = invocation.option('out');
  if (name === undefined) {
    terminal.out(answer);
    return;
  }
  try {
    writeFileSync(resolve(terminal.cwd, name), answer, { mode: 0o600 });
  } catch (error) {
    throw new HonmaruError({
      code: 'out-file',
      message: text(
        `${name} cannot be written: ${(error as Error).message}`,
        `${name} に書き込めません:${(error as Error).message}`,
      ),
      remedy: text(
        'name a file in a folder that you may write to',
        '書き込めるフォルダのファイルを指定してください',
      ),
    });
  }
  terminal.error(`${text(`written: ${name}`, `書き出しました:${name}`)[invocation.language]}\n`);
}

/** Says on standard error what of the input could not be read. Returns whether there was any. */
export function reportInputProblems(
  notAnalysed: readonly NotAnalysed[],
  invocation: Invocation,
  terminal: Terminal,
): boolean {
  const problems = notAnalysed.filter(({ kind }) => kind === 'input');
  for (const { what, reason, remedy, source } of problems) {
    const place = source ? formatPlace(source) : what;
    const advice = remedy ? `\n  → ${remedy[invocation.language]}` : '';
    terminal.error(`honmaru: ${place}: ${reason[invocation.language]}${advice}\n`);
  }
  return problems.length > 0;
}
