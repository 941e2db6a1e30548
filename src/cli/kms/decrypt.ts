import { type DataKeys, type Expected, opened } from '../../envelope/index.ts';
import { InputError, UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { namingFiles } from '../file-trouble.ts';
import { kmsClientOptions } from './client-options.ts';
import { contextOf } from './context.ts';
import { kmsDataKeys } from './data-keys.ts';
import { SUFFIX } from './encrypt.ts';
import { type FilePair, filePairs } from './file-pairs.ts';
import { bytesOf, writeStream } from './write-stream.ts';

/**
 * `honmaru kms decrypt FILE…`: a file appears only when every chunk of it was verified. `--key-id` (the ARN)
 * and `--context` say what the file must be under.
 */
export async function decryptFiles(
  files: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const keyId = invocation.option('key-id');
  const expected = { context: contextOf(invocation), ...(keyId !== undefined && { keyId }) };
  const pairs = filePairs(files, invocation, terminal, nameWithoutSuffix);
  const dataKeys = kmsDataKeys(kmsClientOptions(invocation));
  for (const pair of pairs) {
    await namingFiles(() => decryptFile(pair, dataKeys, expected, terminal));
    if (pair.to === undefined) continue;
    const done = text(`decrypted: ${pair.to}`, `復号しました:${pair.to}`);
    terminal.error(`${done[invocation.language]}\n`);
  }
  return 0;
}

async function decryptFile(
  pair: FilePair,
  dataKeys: DataKeys,
  expected: Expected,
  terminal: Terminal,
): Promise<void> {
  try {
    const { plaintext } = await opened(bytesOf(pair), dataKeys, expected);
    await writeStream(plaintext, pair, terminal);
  } catch (error) {
    throw error instanceof InputError ? about(pair.named, error) : error;
  }
}

/** The same error, with the name of the file it is about. */
function about(file: string, { code, text: said, remedy }: InputError): InputError {
  const message = text(`${file}: ${said.en}`, `${file}:${said.ja}`);
  return new InputError({ code, message, ...(remedy && { remedy }) });
}

function nameWithoutSuffix(file: string): string {
  if (file.endsWith(SUFFIX) && file !== SUFFIX) return file.slice(0, -SUFFIX.length);
  throw new UsageError({
    code: 'kms-out',
    message: text(
      `${file} does not end in ${SUFFIX}: say with --out what it becomes`,
      `${file} は ${SUFFIX} で終わっていません。--out で出力先を指定してください`,
    ),
  });
}
