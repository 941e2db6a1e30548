import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { HonmaruError } from '../../kernel/errors.ts';
import { text, verbatim } from '../../kernel/texts.ts';

const TMPFS = 0x01021994;
const MEMORY = '/dev/shm';
const MOST_WORDS = 2_000;

/**
 * Runs `fscrypt`, which gives the kernel the key of a directory. It takes a key from a file of exactly 32 bytes only:
 * the file lies in memory, has no name any more when the program starts, and is overwritten.
 *
 * @throws HonmaruError `fscrypt-missing`, `fscrypt-memory`, `fscrypt`.
 */
export function runFscrypt(words: readonly string[], key?: Buffer): void {
  const file = key && namelessFile(key);
  try {
    const ran = spawnSync(
      'fscrypt',
      [...words, '--quiet', ...(file === undefined ? [] : ['--key=/dev/fd/3'])],
      {
        stdio: ['ignore', 'ignore', 'pipe', file ?? 'ignore'],
        encoding: 'utf8',
      },
    );
    if (ran.error) throw missingProgram();
    if (ran.status !== 0) throw refused(ran.stderr);
  } finally {
    if (file !== undefined) {
      writeSync(file, Buffer.alloc(key?.length ?? 0), 0, undefined, 0);
      closeSync(file);
    }
  }
}

/** A file in memory that only this process and its child can reach. */
function namelessFile(content: Buffer): number {
  if (statfsSync(MEMORY).type !== TMPFS) {
    throw new HonmaruError({
      code: 'fscrypt-memory',
      message: text(
        `${MEMORY} is no memory: the key would be written to a disk`,
        `${MEMORY} がメモリ上にありません(鍵がディスクに書かれてしまいます)`,
      ),
    });
  }
  const path = join(MEMORY, `honmaru-${randomBytes(12).toString('hex')}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  writeSync(file, content);
  return file;
}

/** What the program refused, in its own words. */
function refused(said: string): HonmaruError {
  const words = said.trim().slice(0, MOST_WORDS);
  return new HonmaruError({
    code: 'fscrypt',
    message: verbatim(words),
    ...(/not setup|not been set up|fscrypt\.conf/.test(words) && {
      remedy: text(
        'an administrator prepares a filesystem once: fscrypt setup, then fscrypt setup MOUNTPOINT',
        '管理者が一度だけ準備します:fscrypt setup、続いて fscrypt setup マウントポイント',
      ),
    }),
  });
}

function missingProgram(): HonmaruError {
  return new HonmaruError({
    code: 'fscrypt-missing',
    message: text('the program fscrypt is not installed', 'fscrypt がインストールされていません'),
    remedy: text(
      'apt-get install fscrypt; elsewhere: honmaru kms encrypt FILE…, or an encrypted volume',
      'apt-get install fscrypt で導入できます。使えない環境では honmaru kms encrypt か暗号化ボリュームを使ってください',
    ),
  });
}
