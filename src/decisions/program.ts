import { execFile } from 'node:child_process';
import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';

/** What a program that ended has said. */
export interface ProgramResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface ProgramOptions {
  readonly cwd?: string;
  /** What it reads from standard input. */
  readonly input?: string;
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
}

const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program without a shell. Times are in UTC and messages in English; git neither asks nor fetches.
 *
 * @throws HonmaruError `program-missing` when it is not installed, `program-ended` when it had to be ended.
 */
export function runProgram(
  program: string,
  words: readonly string[],
  { cwd, input = '', timeout = 30_000 }: ProgramOptions = {},
): Promise<ProgramResult> {
  const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' };
  return new Promise((resolve, reject) => {
    const options = { ...(cwd === undefined ? {} : { cwd }), env, timeout, maxBuffer: MOST_BYTES };
    const child = execFile(program, words, options, (error, out, err) => {
      if (!error) resolve({ code: 0, out, err });
      else if (typeof error.code === 'number') resolve({ code: error.code, out, err });
      else reject(problem(program, error));
    });
    // A program that ends before it has read everything closes the pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function problem(program: string, error: Error & { readonly code?: unknown }): HonmaruError {
  if (error.code === 'ENOENT') {
    return new HonmaruError({
      code: 'program-missing',
      message: text(`${program} is not installed`, `${program} がインストールされていません`),
    });
  }
  const detail = error.message.split('\n')[0] ?? '';
  return new HonmaruError({
    code: 'program-ended',
    message: text(
      `${program} did not come to an end: ${detail}`,
      `${program} が正常に終了しませんでした:${detail}`,
    ),
  });
}
