import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The longest path that Linux and macOS take for a socket is 104 to 108 bytes. */
const LONGEST = 100;

/** The folder in the data directory that belongs to the keeper. */
export function keeperFolder(data: string): string {
  return join(data, 'keeper');
}

/** The file that says how the root key is sealed. */
export function keeperSeal(data: string): string {
  return join(keeperFolder(data), 'seal.json');
}

/** Where the keeper of a data directory listens: in it, or in the temporary folder when its path is too long. */
export function keeperSocket(data: string): string {
  const own = join(keeperFolder(data), 'keeper.sock');
  const name = `honmaru-keeper-${createHash('sha256').update(own).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return Buffer.byteLength(own) <= LONGEST ? own : join(tmpdir(), name, 'keeper.sock');
}
