import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { isPrivate, syncToDisk } from '../../keeper/client/index.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

const KEY_BYTES = 32;
const FORM = /^[0-9a-f]{64}\n?$/;

/** Reads the root key; undefined when there is no file. @throws HonmaruError `root-key-open`, `root-key-form` */
export function readRootKey(path: string): Buffer | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!isPrivate(path, stats)) {
    throw new HonmaruError({
      code: 'root-key-open',
      message: text(`${path} can be read by others`, `${path} を他の利用者が読み取れます`),
      remedy: text(`chmod 600 ${path}`, `chmod 600 ${path} を実行してください`),
    });
  }
  const content = readFileSync(path, 'utf8');
  if (!FORM.test(content)) {
    throw new HonmaruError({
      code: 'root-key-form',
      message: text(
        `${path} holds no root key (64 hexadecimal digits)`,
        `${path} はルートキー(16進数64桁)ではありません`,
      ),
    });
  }
  return Buffer.from(content.trim(), 'hex');
}

/** Makes a root key that only its owner can read; one that is there is read instead. */
export function makeRootKey(path: string): Buffer {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_BYTES);
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, `${key.toString('hex')}\n`);
    closeSync(file);
    syncToDisk(path);
    return key;
  } catch (error) {
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? readRootKey(path) : undefined;
    if (other) return other;
    throw error;
  }
}

export function rootKeyMissing(path: string): HonmaruError {
  return new HonmaruError({
    code: 'root-key-missing',
    message: text(
      `there are data already, but no root key at ${path}`,
      `データはすでにありますが、ルートキー ${path} がありません`,
    ),
    remedy: text(
      'name the file of the node that made the data with --root-key',
      'データを作成したノードのルートキーファイルを --root-key で指定してください',
    ),
  });
}
