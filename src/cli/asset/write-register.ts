import {
  closeSync,
  existsSync,
  fchmodSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readRegister } from '../../environment/register.ts';
import { type NewEntry, saysNothing, withEntry } from '../../environment/register-edit.ts';
import { HonmaruError, InputError, UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { REGISTER_NAME } from '../../model/register.ts';
import { parseDocument } from '../../sources/documents/parse-document.ts';
import { readSource } from '../../sources/documents/read-file.ts';
import type { Terminal } from '../command.ts';
import { systemWords } from '../file-trouble.ts';

/** Where an entry was written. */
export interface Written {
  /** As people know the file: relative to where they stand. */
  readonly shown: string;
  readonly path: string;
}

/**
 * Adds one entry to the `honmaru.assets.yaml` of a folder. The file is replaced in one step, and only when
 * what comes out can be read back with nothing lost; a second writer at the same time is refused.
 *
 * @throws InputError when the file cannot be read, has problems of its own, or is being written.
 */
export async function addEntry(
  folder: string,
  entry: NewEntry,
  terminal: Pick<Terminal, 'cwd'>,
): Promise<Written> {
  const { path, shown } = registerIn(folder, terminal);
  const draft = `${path}.new`;
  const handle = claim(draft, shown);
  try {
    const file = existsSync(path) ? readSource(path, shown) : { path: shown, text: '' };
    const before = await contentOf(file);
    const content = withEntry(file, before.root, entry);
    const after = await contentOf({ path: shown, text: content });
    if (after.count !== before.count + 1) throw notReadable(shown);
    writeFileSync(handle, content);
    // Reviewers of a shared folder keep their access to a file that was there.
    if (existsSync(path)) fchmodSync(handle, statSync(path).mode & 0o777);
    renameSync(draft, path);
  } catch (error) {
    throw error instanceof HonmaruError ? error : cannotWrite(shown, error as Error);
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
  return { path, shown };
}

function registerIn(folder: string, terminal: Pick<Terminal, 'cwd'>): Written {
  const at = resolve(terminal.cwd, folder);
  if (!existsSync(at)) {
    throw new UsageError({
      code: 'register-folder',
      message: text(`${folder} does not exist`, `${folder} がありません`),
    });
  }
  const stats = statSync(at);
  if (!stats.isDirectory() && !stats.isFile()) throw neither(folder);
  // Beside a template that is named, as honmaru.yaml stands.
  const directory = stats.isDirectory() ? folder : dirname(folder);
  const register = join(resolve(terminal.cwd, directory), REGISTER_NAME);
  const there = statSync(register, { throwIfNoEntry: false });
  if (there && !there.isFile()) throw neither(join(directory, REGISTER_NAME));
  return {
    path: register,
    shown: join(directory, REGISTER_NAME),
  };
}

function neither(shown: string): UsageError {
  return new UsageError({
    code: 'register-folder',
    message: text(
      `${shown} is neither a folder nor a regular file`,
      `${shown} はフォルダでも通常のファイルでもありません`,
    ),
    remedy: text(
      'name the folder of your templates, or a template in it',
      'テンプレートのあるフォルダ、またはその中のテンプレートを指定してください',
    ),
  });
}

/** Reads what is there; the problems of the first one are told, nothing is written over them. */
async function contentOf(file: { readonly path: string; readonly text: string }) {
  if (saysNothing(file.text)) return { root: undefined, count: 0 };
  const { root, problems } = await parseDocument(file);
  const reading = readRegister(file, root);
  const [problem] = [...problems, ...reading.problems];
  if (problem) throw new InputError(problem);
  return { root, count: reading.assets.length + reading.risks.length };
}

function claim(draft: string, shown: string): number {
  try {
    return openSync(draft, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(shown, error as Error);
    throw new InputError({
      code: 'register-busy',
      message: text(
        `${shown} is being written by another command`,
        `${shown} は別のコマンドが書き込み中です`,
      ),
      remedy: text(
        `try again; if none is running, remove ${shown}.new`,
        `もう一度実行してください。実行中のものがなければ ${shown}.new を削除してください`,
      ),
    });
  }
}

function cannotWrite(shown: string, error: Error): InputError {
  const why = systemWords(error);
  return new InputError({
    code: 'register-write',
    message: text(`${shown} cannot be written: ${why.en}`, `${shown} に書き込めません:${why.ja}`),
  });
}

function notReadable(shown: string): InputError {
  return new InputError({
    code: 'register-form',
    message: text(
      `the entry cannot be added to ${shown} as it is written`,
      `${shown} の書き方のままでは追加できません`,
    ),
    remedy: text('add it by hand', '手で追加してください'),
  });
}
