import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Puts a file and its place in its folder on the disk; the keeper itself may not. */
export function syncToDisk(path: string): void {
  sync(path);
  if (process.platform !== 'win32') sync(dirname(path));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
