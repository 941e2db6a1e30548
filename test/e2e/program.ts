import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Where pyenv keeps its versions: its aws and python find them below another HOME by this variable only. */
export const PYENV_ROOT = process.env.PYENV_ROOT ?? join(homedir(), '.pyenv');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `honmaru` as a user would, with its records in a folder of the test's own. */
export function honmaru(
  words: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Ran {
  return run(process.execPath, [join(ROOT, 'bin/honmaru.js'), ...words], options);
}

/** Runs any program to its end; one that takes over two minutes is ended. */
export function run(
  program: string,
  words: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; input?: string } = {},
): Ran {
  const { cwd = ROOT, env = {}, uid, input } = options;
  const result = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
    env: { ...process.env, LANG: 'C', LC_ALL: '', HONMARU_LANG: '', ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...(input === undefined ? {} : { input }),
  });
  if (result.error) throw result.error;
  return { code: result.status, out: result.stdout, err: result.stderr };
}

/** A temporary folder that is removed when the callback ends. */
export async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first program of a name on PATH, folders of npm packages left out. */
export function programOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
