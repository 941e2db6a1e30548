import { HonmaruError, UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import { runProgram } from './program.ts';

/**
 * Who git says is working in a folder: `Name <mail address>`, a name alone, or undefined where git has no
 * name or is not installed.
 */
export async function gitIdentity(cwd: string): Promise<string | undefined> {
  const [name, mail] = await Promise.all([setting('user.name', cwd), setting('user.email', cwd)]);
  if (name === undefined) return mail;
  return mail === undefined ? name : `${name} <${mail}>`;
}

async function setting(name: string, cwd: string): Promise<string | undefined> {
  try {
    const { code, out } = await runProgram('git', ['config', '--get', name], { cwd });
    return code === 0 && out.trim() !== '' ? out.trim() : undefined;
  } catch (error) {
    if (error instanceof HonmaruError) return undefined;
    throw error;
  }
}

/** A commit of the repository in which a folder lies. */
export interface Revision {
  /** As it was asked for, such as `origin/main`. */
  readonly shown: string;
  readonly commit: string;
}

/**
 * The commit that a word names.
 *
 * @throws UsageError `base-unknown` when git knows no such commit there.
 */
export async function revisionOf(word: string, cwd: string): Promise<Revision> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${word}^{commit}`];
  const { code, out } = await runProgram('git', words, { cwd });
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(out.trim())) return { shown: word, commit: out.trim() };
  throw new UsageError({
    code: 'base-unknown',
    message: text(`git knows no commit "${word}" here`, `gitに「${word}」というコミットはありません`),
    remedy: text(
      'fetch the branch first (a shallow clone may lack it): git fetch origin main',
      '先にブランチを取得してください(shallow cloneには含まれないことがあります):git fetch origin main',
    ),
  });
}

/**
 * The content that a file has in a revision; undefined when it is not there.
 *
 * @param path relative to the folder, with `/`.
 * @throws HonmaruError `base-unreadable` when git has it and cannot hand it out.
 */
export async function fileAt(revision: Revision, path: string, folder: string): Promise<string | undefined> {
  const object = `${revision.commit}:./${path}`;
  const known = await runProgram('git', ['cat-file', '-e', object], { cwd: folder });
  if (known.code !== 0) return undefined;
  const { code, out, err } = await runProgram('git', ['show', '--no-textconv', object], { cwd: folder });
  if (code === 0) return out;
  const detail = err.split('\n')[0] ?? '';
  throw new HonmaruError({
    code: 'base-unreadable',
    message: text(
      `git cannot show ${path} of ${revision.shown}: ${detail}`,
      `${revision.shown} の ${path} をgitから読み取れません:${detail}`,
    ),
  });
}
