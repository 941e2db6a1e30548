import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { keyIdOf, kmsClientOptions } from './client-options.ts';
import { kmsDataKeys } from './data-keys.ts';
import {
  checkDirectory,
  DIRECTORY_KEY_SUFFIX,
  directoryContext,
  readDirectoryKey,
  writeDirectoryKey,
} from './directory-key.ts';
import { runFscrypt } from './fscrypt.ts';
import { rememberFiles } from './remembered-files.ts';

/**
 * `honmaru kms directory encrypt|unlock|lock DIR`: the kernel encrypts what lies in a directory (fscrypt) under a data
 * key of KMS, which lies wrapped in `DIR.hmkey`. Who may not use the KMS key cannot unlock it.
 */
export async function tendDirectory(
  [what = '', ...given]: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const [shown = ''] = given;
  if (given.length !== 1) throw usage();
  const path = resolve(terminal.cwd, shown);
  const keyFile = `${path}${DIRECTORY_KEY_SUFFIX}`;
  if (what === 'encrypt') {
    checkDirectory(path, shown);
    await encryptDirectory(path, keyFile, invocation, terminal);
    rememberFiles([keyFile], invocation, terminal);
    return say(text(`encrypted: ${shown}`, `暗号化しました:${shown}`), invocation, terminal);
  }
  if (what === 'unlock') {
    checkDirectory(path, shown);
    await unlockDirectory(path, keyFile, invocation);
    rememberFiles([keyFile], invocation, terminal);
    return say(text(`unlocked: ${shown}`, `解除しました:${shown}`), invocation, terminal);
  }
  if (what !== 'lock') throw usage();
  checkDirectory(path, shown);
  runFscrypt(['lock', path]);
  return say(text(`locked: ${shown}`, `ロックしました:${shown}`), invocation, terminal);
}

/** The wrapped key is on the disk before anything is encrypted with it. */
async function encryptDirectory(
  path: string,
  keyFile: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<void> {
  const id = `dir-${randomBytes(8).toString('hex')}`;
  const dataKeys = kmsDataKeys(kmsClientOptions(invocation));
  const { keyId, plaintext, encrypted } = await dataKeys.generate(keyIdOf(invocation), directoryContext(id));
  try {
    const created = terminal.now().toISOString();
    writeDirectoryKey(keyFile, { id, keyId, encryptedDataKey: encrypted, created });
    try {
      runFscrypt(['encrypt', path, '--source=raw_key', `--name=${id}`], plaintext);
    } catch (error) {
      rmSync(keyFile, { force: true });
      throw error;
    }
  } finally {
    plaintext.fill(0);
  }
}

async function unlockDirectory(path: string, keyFile: string, invocation: Invocation): Promise<void> {
  const { id, keyId, encryptedDataKey } = readDirectoryKey(keyFile);
  const dataKeys = kmsDataKeys(kmsClientOptions(invocation));
  const key = await dataKeys.open({ keyId, encrypted: encryptedDataKey, context: directoryContext(id) });
  try {
    runFscrypt(['unlock', path], key);
  } finally {
    key.fill(0);
  }
}

function say(done: Text, { language }: Invocation, terminal: Terminal): number {
  terminal.error(`${done[language]}\n`);
  return 0;
}

function usage(): UsageError {
  return new UsageError({
    code: 'operands',
    message: text(
      'say kms directory encrypt, unlock or lock, and one directory',
      'kms directory encrypt、unlock、lock のいずれかと、ディレクトリを1つ指定してください',
    ),
  });
}
