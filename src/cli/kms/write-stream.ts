import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Terminal } from '../command.ts';
import type { FilePair } from './file-pairs.ts';

const READ_BYTES = 1 << 18;

/** The bytes of a file, or of standard input. */
export function bytesOf({ from }: FilePair): AsyncIterable<Buffer> {
  return createReadStream(from ?? '', { highWaterMark: READ_BYTES, ...(from === undefined && { fd: 0 }) });
}

/**
 * Writes a stream whole or not at all: beside the target, readable by its owner only, put on the disk and
 * then given its name. Standard output gets what there is when there is it.
 */
export async function writeStream(
  stream: AsyncIterable<Uint8Array>,
  { to }: FilePair,
  terminal: Terminal,
): Promise<void> {
  if (to === undefined) {
    for await (const bytes of stream) terminal.out(bytes);
    return;
  }
  const unfinished = join(dirname(to), `.${basename(to)}.${randomBytes(6).toString('hex')}.part`);
  const file = await open(unfinished, 'wx', 0o600);
  try {
    for await (const bytes of stream) await file.writeFile(bytes);
    await file.sync();
    await file.close();
    await rename(unfinished, to);
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}
