import { closeSync, constants, openSync, writeSync } from 'node:fs';

/**
 * Writes a file that only its owner can read and that is not there yet. Node's permission model forbids `fsync`, so
 * the file is opened for synchronous writing; the folder is synced by whoever started the keeper.
 */
export function writeNew(path: string, content: string): void {
  const { O_WRONLY, O_CREAT, O_EXCL, O_SYNC = 0 } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_SYNC, 0o600);
  try {
    writeSync(file, content);
  } finally {
    closeSync(file);
  }
}
