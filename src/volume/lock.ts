import { once } from 'node:events';
import { closeSync, openSync, statSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { volumeInUse } from './errors.ts';

/** Lets go of a volume file. */
export type Release = () => void;

/**
 * Takes a volume file for this process alone. The lock is a name in the kernel (an abstract socket of Linux,
 * a pipe of Windows) that vanishes with the process, however it ends; elsewhere it is a file that a crash
 * leaves behind. Processes in other network namespaces, as in another container, are not seen.
 *
 * @throws InputError `volume-in-use`
 */
export async function lockVolume(path: string): Promise<Release> {
  const { dev, ino } = statSync(path);
  const name = `honmaru-volume-${dev}-${ino}`;
  if (process.platform === 'linux') return lockName(`\0${name}`, path);
  if (process.platform === 'win32') return lockName(`\\\\?\\pipe\\${name}`, path);
  return lockFile(`${path}.lock`, path);
}

async function lockName(name: string, path: string): Promise<Release> {
  const server = createServer((socket) => socket.destroy());
  server.listen(name);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw volumeInUse(path);
    throw error;
  }
  server.unref();
  return () => {
    server.close();
  };
}

function lockFile(lock: string, path: string): Release {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw volumeInUse(path);
    throw error;
  }
  return () => unlinkSync(lock);
}
