import { closeSync, openSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HonmaruError } from '../kernel/errors.ts';
import { formatPlace } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Invocation, OptionDefinition, Terminal } from './command.ts';
import { systemWords } from './file-trouble.ts';

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
export function writeAnswer(
  answer: string | Iterable<string>,
  invocation: Invocation,
  terminal: Terminal,
): void {
  const name = invocation.option('out');
  const pieces = typeof answer === 'string' ? [answer] : answer;
  if (name === undefined) {
    writePieces(pieces, (bytes) => terminal.out(bytes));
    return;
  }
  try {
    writeToFile(resolve(terminal.cwd, name), pieces);
  } catch (error) {
    const why = systemWords(error);
    throw new HonmaruError({
      code: 'out-file',
      message: text(`${name} cannot be written: ${why.en}`, `${name} に書き込めません:${why.ja}`),
      remedy: text(
        'name a file in a folder that you may write to',
        '書き込めるフォルダのファイルを指定してください',
      ),
    });
  }
  terminal.error(`${text(`written: ${name}`, `書き出しました:${name}`)[invocation.language]}\n`);
}

function writeToFile(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writePieces(pieces, (bytes) => writeFileSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

const BLOCK_BYTES = 1 << 18;

/** Gathers pieces in one block of memory, so that none of them is kept for long. */
function writePieces(pieces: Iterable<string>, write: (bytes: Uint8Array) => void): void {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  const flush = () => {
    write(block.subarray(0, filled));
    filled = 0;
  };
  for (const piece of pieces) {
    // A UTF-16 code unit takes at most three bytes in UTF-8.
    const most = piece.length * 3;
    if (most > BLOCK_BYTES - filled) flush();
    if (most > BLOCK_BYTES) write(Buffer.from(piece));
    else filled += block.write(piece, filled);
  }
  flush();
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
