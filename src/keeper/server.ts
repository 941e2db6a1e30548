import { chmodSync, existsSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { KeeperError } from './client/errors.ts';
import { type Frame, frameBytes, frameReader } from './client/frames.ts';
import type { SealedVault } from './seal/sealed-vault.ts';
import type { Fields } from './vault/operations.ts';

const MOST_CONNECTIONS = 64;

/**
 * Serves a vault at a socket that only its owner can open. A frame that is none ends its connection.
 *
 * @param onDefect told of what is thrown and is no refusal, without any byte of a question.
 */
export async function serveVault(
  vault: SealedVault,
  path: string,
  onDefect: (error: unknown) => void,
): Promise<Server> {
  const server = createServer((socket) => serveConnection(vault, socket, onDefect));
  server.maxConnections = MOST_CONNECTIONS;
  if (process.platform !== 'win32') {
    const folder = dirname(path);
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    demandOwn(folder);
    removeStale(path);
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return server;
}

/** A folder that others can write to could be prepared with a socket of theirs. */
function demandOwn(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (uid === process.getuid?.() && (mode & 0o077) === 0) return;
  if (uid === process.getuid?.()) chmodSync(folder, 0o700);
  else throw new Error(`${folder} belongs to somebody else`);
}

function removeStale(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function serveConnection(vault: SealedVault, socket: Socket, onDefect: (error: unknown) => void): void {
  const read = frameReader();
  let queued: Buffer[] = [];

  function send(number: number, fields: readonly (Buffer | string)[]): void {
    if (queued.push(frameBytes(number, fields)) > 1) return;
    queueMicrotask(() => {
      const bytes = queued.length === 1 ? (queued[0] as Buffer) : Buffer.concat(queued);
      queued = [];
      if (!socket.destroyed) socket.write(bytes);
    });
  }

  function refuse(number: number, error: unknown): void {
    if (!(error instanceof KeeperError)) onDefect(error);
    const { code, message } = error instanceof KeeperError ? error : new KeeperError('request', 'defect');
    send(number, [code, message]);
  }

  function answer({ number, fields: [operation, ...fields] }: Frame): void {
    try {
      const made = vault.answer(operation?.toString() ?? '', fieldsOf(fields));
      if (made instanceof Promise) {
        made.then(
          (parts) => send(number, ['ok', ...parts]),
          (error) => refuse(number, error),
        );
      } else send(number, ['ok', ...made]);
    } catch (error) {
      refuse(number, error);
    }
  }

  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      for (const frame of read(chunk)) answer(frame);
    } catch {
      socket.destroy();
    }
  });
}

/** Reads fields one after the other. */
export function fieldsOf(fields: readonly Buffer[]): Fields {
  let at = 0;
  const bytes = () => {
    const field = fields[at];
    at += 1;
    if (!field) throw new KeeperError('request', 'the question has too few fields');
    return field;
  };
  return { bytes, text: () => bytes().toString('utf8') };
}
