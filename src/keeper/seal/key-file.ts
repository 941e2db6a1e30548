import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { isPrivate } from '../client/private-file.ts';
import { writeNew } from './write-new.ts';

const KEY_BYTES = 32;
const FORM = /^[0-9a-f]{64}\n?$/;

/**
 * Reads a key file: 64 hexadecimal digits that only its owner can read. Undefined when there is none.
 *
 * @throws HonmaruError `keeper-key-inside`, `keeper-key-open`, `keeper-key-form`
 */
export function readKeyFile(path: string, data: string): Buffer | undefined {
  refuseInside(path, data);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!isPrivate(path, stats)) {
    throw new HonmaruError({
      code: 'keeper-key-open',
      message: text(`${path} can be read by others`, `${path} を他の利用者が読み取れます`),
      remedy: text(`chmod 600 ${path}`, `chmod 600 ${path} を実行してください`),
    });
  }
  const content = readFileSync(path, 'latin1');
  if (!FORM.test(content)) {
    throw new HonmaruError({
      code: 'keeper-key-form',
      message: text(
        `${path} holds no key (64 hexadecimal digits)`,
        `${path} は鍵ファイル(16進数64桁)ではありません`,
      ),
    });
  }
  return Buffer.from(content.trim(), 'hex');
}

/** Makes a key file that only its owner can read. @throws when there is one already. */
export function makeKeyFile(path: string, data: string): Buffer {
  refuseInside(path, data);
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_BYTES);
  writeNew(path, `${key.toString('hex')}\n`);
  return key;
}

/** A backup of the data directory must never hold the key with what it opens. */
function refuseInside(path: string, data: string): void {
  const way = relative(resolve(data), resolve(path));
  const outside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  if (outside || resolve(data) === resolve('/')) return;
  throw new HonmaruError({
    code: 'keeper-key-inside',
    message: text(
      `${path} lies in the data directory: a backup of it would hold the key with what it opens`,
      `${path} はデータディレクトリの中にあります。バックアップに鍵と暗号化データが一緒に入ってしまいます`,
    ),
    remedy: text(
      'name another place: --keeper-key, or --new-key of honmaru kms rekey',
      '--keeper-key(honmaru kms rekey では --new-key)で別の場所を指定してください',
    ),
  });
}
