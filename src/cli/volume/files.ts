import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Terminal } from '../command.ts';

/** @throws UsageError `volume-file` where there is no such file. */
export function checkThere(file: string, terminal: Terminal): void {
  if (statSync(resolve(terminal.cwd, file), { throwIfNoEntry: false })?.isFile()) return;
  throw new UsageError({
    code: 'volume-file',
    message: text(`there is no file ${file}`, `${file} というファイルはありません`),
  });
}
