import { sealed } from '../../envelope/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { namingFiles } from '../file-trouble.ts';
import { keyIdOf, kmsClientOptions } from './client-options.ts';
import { contextOf } from './context.ts';
import { kmsDataKeys } from './data-keys.ts';
import { filePairs } from './file-pairs.ts';
import { rememberFiles } from './remembered-files.ts';
import { bytesOf, writeStream } from './write-stream.ts';

/** What an encrypted file is called behind its own name. */
export const SUFFIX = '.hmenv';

/** `honmaru kms encrypt FILE…`: each file under a data key of its own; the files themselves stay. */
export async function encryptFiles(
  files: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const keyId = keyIdOf(invocation);
  const context = contextOf(invocation);
  const pairs = filePairs(files, invocation, terminal, (file) => `${file}${SUFFIX}`);
  const dataKeys = kmsDataKeys(kmsClientOptions(invocation));
  for (const pair of pairs) {
    await namingFiles(() => writeStream(sealed(bytesOf(pair), dataKeys, { keyId, context }), pair, terminal));
    if (pair.to === undefined) continue;
    rememberFiles([pair.to], invocation, terminal);
    const done = text(`encrypted: ${pair.to}`, `暗号化しました:${pair.to}`);
    terminal.error(`${done[invocation.language]}\n`);
  }
  return 0;
}
