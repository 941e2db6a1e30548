import { spawn } from 'node:child_process';
import type { Ran } from './program.ts';

/** Runs a program to its end while this process goes on, so that it can answer as a server. */
export function runAsync(
  program: string,
  words: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; input?: string },
): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: { ...process.env, LANG: 'C', LC_ALL: '', HONMARU_LANG: '', ...options.env },
      timeout: 120_000,
    });
    if (options.input !== undefined) child.stdin.end(options.input);
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', failed);
    child.once('close', (code) => done({ code, out, err }));
  });
}
