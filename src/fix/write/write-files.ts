import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';

/** A file that is to be written: what it must hold now, and what it holds afterwards. */
export interface PendingFile {
  readonly path: string;
  /** As people know it. */
  readonly shown: string;
  /** Undefined for a file that must not exist yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A file that was written, with where its former text lies. */
export interface WrittenFile {
  readonly shown: string;
  readonly backup?: string;
}

/**
 * Writes all files or none: each into a temporary file beside it, then, when every one is complete and no file
 * has changed meanwhile, renamed into place. The former text stays in a backup.
 *
 * @param stamp goes into the names of the backups
 * @throws HonmaruError `fix-changed`, `fix-read-only`, `fix-exists` or `fix-write`; no file is changed then.
 */
export function writeFiles(files: readonly PendingFile[], stamp: string): readonly WrittenFile[] {
  const prepared: Prepared[] = [];
  try {
    for (const file of files) prepared.push(prepare(file));
    for (const each of prepared) if (each.file.before !== undefined) unchanged(each);
  } catch (error) {
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
    throw error;
  }
  return commit(prepared, stamp);
}

interface Prepared {
  readonly file: PendingFile;
  /** Links followed: the file itself is replaced, not the link. */
  readonly target: string;
  readonly temporary: string;
  readonly bytes: Buffer | undefined;
}

function prepare(file: PendingFile): Prepared {
  if (file.before === undefined) {
    if (existsSync(file.path)) throw problem('fix-exists', file, EXISTS);
    const temporary = temporaryBeside(file.path);
    writeNew(temporary, Buffer.from(file.after), 0o644, file);
    return { file, target: file.path, temporary, bytes: undefined };
  }
  const target = attempt(file, () => realpathSync(file.path));
  const stat = attempt(file, () => statSync(target));
  if ((stat.mode & 0o222) === 0) throw problem('fix-read-only', file, READ_ONLY);
  attempt(file, () => closeSync(openSync(target, constants.O_RDWR)));
  const bytes = attempt(file, () => readFileSync(target));
  const mark = startsWithMark(bytes) ? BYTE_ORDER_MARK : Buffer.alloc(0);
  const temporary = temporaryBeside(target);
  writeNew(temporary, Buffer.concat([mark, Buffer.from(file.after)]), stat.mode & 0o7777, file);
  return { file, target, temporary, bytes };
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function startsWithMark(bytes: Buffer): boolean {
  return bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
}

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.honmaru-${process.pid}.tmp`);
}

function writeNew(path: string, bytes: Buffer, mode: number, file: PendingFile): void {
  attempt(file, () => {
    const descriptor = openSync(path, 'wx', mode);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** @throws HonmaruError `fix-changed` where the file no longer holds what the change was made from. */
function unchanged({ file, target, bytes }: Prepared): void {
  const now = attempt(file, () => readFileSync(target));
  const decoded = new TextDecoder('utf-8').decode(now);
  if (decoded !== file.before || (bytes && !now.equals(bytes))) throw problem('fix-changed', file, CHANGED);
}

function commit(prepared: readonly Prepared[], stamp: string): readonly WrittenFile[] {
  const done: { readonly target: string; readonly backup: string | undefined }[] = [];
  try {
    return prepared.map(({ file, target, temporary }): WrittenFile => {
      if (file.before === undefined) {
        attempt(file, () => linkSync(temporary, target));
        rmSync(temporary, { force: true });
        done.push({ target, backup: undefined });
        return { shown: file.shown };
      }
      const backup = freeName(`${target}.${stamp}`);
      attempt(file, () => copyFileSync(target, backup, constants.COPYFILE_EXCL));
      attempt(file, () => renameSync(temporary, target));
      done.push({ target, backup });
      // Behind a link, the backup lies where the file itself does.
      const isBeside = join(realpathSync(dirname(file.path)), basename(file.path)) === target;
      return { shown: file.shown, backup: isBeside ? join(dirname(file.shown), basename(backup)) : backup };
    });
  } catch (error) {
    for (const { target, backup } of done.reverse()) {
      if (backup === undefined) rmSync(target, { force: true });
      else renameSync(backup, target);
    }
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
    throw error;
  }
}

function freeName(base: string): string {
  let name = `${base}.bak`;
  for (let number = 2; existsSync(name); number += 1) name = `${base}-${number}.bak`;
  return name;
}

const READ_ONLY = text(
  'the file is read-only, so nothing was written',
  'ファイルが読み取り専用のため、何も書き込みませんでした',
);
const CHANGED = text(
  'the file was changed meanwhile, so nothing was written; run the command again',
  '処理中にファイルが変更されたため、何も書き込みませんでした。もう一度実行してください',
);
const EXISTS = text(
  'a file that was to be added exists, so nothing was written',
  '追加しようとしたファイルが既に存在するため、何も書き込みませんでした',
);

function attempt<T>(file: PendingFile, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw problem('fix-read-only', file, READ_ONLY);
    throw problem(
      'fix-write',
      file,
      text(
        `the file cannot be written (${code || 'unknown error'}), so nothing was written`,
        `ファイルに書き込めない(${code || '不明なエラー'})ため、何も書き込みませんでした`,
      ),
    );
  }
}

function problem(code: string, { shown }: PendingFile, message: Text): HonmaruError {
  return new HonmaruError({
    code,
    message: text(`${shown}: ${message.en}`, `${shown}: ${message.ja}`),
  });
}
