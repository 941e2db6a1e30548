import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { text } from '../../kernel/texts.ts';
import { StoreError } from '../errors.ts';

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/**
 * Makes sure that the database file is there and readable by its owner alone before SQLite opens it:
 * SQLite gives its write-ahead log the same permissions. Folders that are missing are made for the owner
 * alone; those that are there stay as they are.
 *
 * @throws StoreError `store-readonly` when the file cannot be written, `store-location` when it cannot
 * be made.
 */
export function prepareFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_OWNER_ONLY });
    const isNew = !existsSync(path);
    const noLinks = constants.O_NOFOLLOW ?? 0;
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT | noLinks, OWNER_ONLY);
    try {
      if (!fstatSync(file).isFile()) throw locationError(path);
      if (process.platform !== 'win32' && fstatSync(file).mode & OTHERS) chmodSync(path, OWNER_ONLY);
    } finally {
      closeSync(file);
    }
    if (isNew) syncFolder(dirname(path));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw fileError(path, error);
  }
}

/** Makes the new name itself survive a power loss. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);

function fileError(path: string, cause: unknown): StoreError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (!READ_ONLY.has(code)) return locationError(path, cause);
  return new StoreError(
    'store-readonly',
    text(`the store ${path} cannot be written`, `ストア${path}に書き込めません`),
    {
      cause,
      remedy: text(
        'check who owns the file and its folder, and that the disk is not mounted read-only',
        'ファイルとフォルダーの所有者と、ディスクが読み取り専用でないことを確認してください',
      ),
    },
  );
}

function locationError(path: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-location',
    text(`no store can be made at ${path}`, `${path}にストアを作れません`),
    {
      cause,
      remedy: text('name an ordinary file', '通常のファイルを指定してください'),
    },
  );
}
