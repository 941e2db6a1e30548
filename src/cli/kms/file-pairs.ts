import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';

/** A file that is read and one that is written; undefined stands for standard input and output. */
export interface FilePair {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** What is read, as it was named. */
  readonly named: string;
}

/** The word for standard input or output. */
const STREAM = '-';

/**
 * Which file becomes which: by `--out` for a single one, else by `nameOf`. All are looked at before any is
 * worked on.
 *
 * @throws UsageError `kms-files`, `kms-out` or `kms-exists`.
 */
export function filePairs(
  files: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
  nameOf: (file: string) => string,
): FilePair[] {
  const out = invocation.option('out');
  if (files.length === 0) {
    throw new UsageError({
      code: 'kms-files',
      message: text('name a file, or - for standard input', 'ファイル名(標準入力は -)を指定してください'),
    });
  }
  if (out !== undefined && files.length > 1) {
    throw new UsageError({
      code: 'kms-out',
      message: text('--out takes the place of one file only', '--out は1つのファイルにだけ使えます'),
    });
  }
  return files.map((file) => {
    const to = out ?? (file === STREAM ? STREAM : nameOf(file));
    const pair = { from: pathOf(file, terminal), to: pathOf(to, terminal), named: file };
    checkPair(pair, file, to, invocation.flag('force'));
    return pair;
  });
}

function pathOf(word: string, terminal: Terminal): string | undefined {
  return word === STREAM ? undefined : resolve(terminal.cwd, word);
}

function checkPair({ from, to }: FilePair, file: string, target: string, force: boolean): void {
  if (from !== undefined) checkSource(from, file);
  if (to === undefined || !existsSync(to)) return;
  if (to === from) {
    throw new UsageError({
      code: 'kms-exists',
      message: text(
        `${target} is the file that is read; it cannot be written too`,
        `${target} は読み取るファイルそのものです。書き込み先にはできません`,
      ),
      remedy: text('--out names another', '--out で別名を指定してください'),
    });
  }
  if (!force) {
    throw new UsageError({
      code: 'kms-exists',
      message: text(`${target} is there already`, `${target} は既に存在します`),
      remedy: text(
        '--force replaces it, --out names another',
        '--force で上書き、--out で別名を指定できます',
      ),
    });
  }
}

function checkSource(path: string, file: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  if (!found) {
    throw new UsageError({
      code: 'kms-files',
      message: text(`there is no file ${file}`, `${file} というファイルはありません`),
    });
  }
  if (found.isDirectory()) {
    const packed = `tar c ${file} | honmaru kms encrypt -`;
    throw new UsageError({
      code: 'kms-files',
      message: text(`${file} is a folder`, `${file} はフォルダーです`),
      remedy: text(
        `name files, or pack it: ${packed}`,
        `ファイルを指定するか、まとめて渡してください:${packed}`,
      ),
    });
  }
  throw new UsageError({
    code: 'kms-files',
    message: text(`${file} is no regular file`, `${file} は通常のファイルではありません`),
    remedy: text(`give it to standard input: - < ${file}`, `標準入力から渡してください:- < ${file}`),
  });
}
