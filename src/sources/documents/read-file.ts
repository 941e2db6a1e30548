import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { InputError, type ProblemDetails } from '../../kernel/errors.ts';
import { expectInput } from '../../kernel/large-input.ts';
import { LIMITS } from '../../kernel/limits.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { decodeSource } from './decode.ts';

/**
 * Reads a text file that a stranger wrote: a regular file, not larger than the limit, UTF-8.
 *
 * @param shown the path as people know it
 * @throws InputError `file-missing`, `file-unreadable`, `file-kind`, `file-size`, `encoding-…`
 */
export function readSource(
  path: string,
  shown: string,
  mostBytes: number = LIMITS.documentBytes,
): SourceFile {
  let file: number;
  try {
    // A named pipe without a writer would otherwise keep the program waiting.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw openProblem(error);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) {
      throw fail('file-kind', text('this is not a regular file', '通常のファイルではありません'));
    }
    if (stat.size > mostBytes) throw tooLarge(stat.size, mostBytes);
    expectInput(stat.size);
    return decodeSource(shown, readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function tooLarge(size: number, most: number): InputError {
  const mebibytes = (bytes: number) => Math.ceil(bytes / (1024 * 1024));
  return fail(
    'file-size',
    text(
      `the file has ${mebibytes(size)} MiB; at most ${mebibytes(most)} MiB are read`,
      `ファイルは${mebibytes(size)} MiBあります。読み込めるのは${mebibytes(most)} MiBまでです`,
    ),
    text('split it into smaller templates', '小さなテンプレートに分けてください'),
  );
}

/** The problem of a path that cannot be opened, told from the system's error. */
export function openProblem(error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail(
        'file-missing',
        text('there is no such file or folder', 'そのファイルやフォルダはありません'),
        text('check the path', 'パスを確かめてください'),
      );
    case 'EACCES':
    case 'EPERM':
      return fail(
        'file-unreadable',
        text('the file may not be read (permission denied)', 'ファイルを読む権限がありません'),
        text('give yourself the right to read it', '読み取り権限を付けてください'),
      );
    default:
      return fail(
        'file-unreadable',
        text(
          `the file cannot be read (${code || 'unknown error'})`,
          `ファイルを読めません(${code || '不明なエラー'})`,
        ),
      );
  }
}

function fail(code: string, message: Text, remedy?: Text): InputError {
  const details: ProblemDetails = {
    code,
    message,
    ...(remedy ? { remedy } : {}),
  };
  return new InputError(details);
}
