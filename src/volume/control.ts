import { once } from 'node:events';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { HonmaruError, InputError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { LiveSnapshots } from './live-snapshot.ts';
import type { VolumeMetadata } from './metadata.ts';

/** What the process that serves a volume is asked for, beside its sectors. */
export interface Control {
  close(): Promise<void>;
}

const MOST_BYTES = 65_536;
const PATIENCE_MILLISECONDS = 5_000;
/** The system cuts longer names off without a word. */
const LONGEST_SOCKET_PATH = 103;

function socketOf(path: string): string {
  return `${path}.control`;
}

/** Answers on a socket beside the volume file, which only its owner may open. Absent where its name is too long. */
export async function listenForSnapshots(
  path: string,
  snapshots: LiveSnapshots,
  now: () => Date,
): Promise<Control | undefined> {
  const name = socketOf(path);
  if (Buffer.byteLength(name) > LONGEST_SOCKET_PATH || process.platform === 'win32') return undefined;
  // Whoever serves the volume holds its lock: what lies there was left behind.
  if (statSync(name, { throwIfNoEntry: false })?.isSocket()) rmSync(name);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    answer(socket, snapshots, now).catch(() => socket.destroy());
  });
  server.maxConnections = 4;
  server.listen({ path: name });
  await once(server, 'listening');
  chmodSync(name, 0o600);
  server.unref();
  return {
    async close() {
      snapshots.abandon();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

async function answer(socket: Socket, snapshots: LiveSnapshots, now: () => Date): Promise<void> {
  const asked = JSON.parse(await wordsOf(socket)) as { readonly snapshot?: unknown };
  if (typeof asked.snapshot !== 'string') throw new Error('this is no question');
  const told = await snapshots.take(asked.snapshot, now()).then(
    ({ id, size, keyId }) => ({ made: { id, size, keyId } }),
    (error: unknown) => ({ refused: refusalOf(error) }),
  );
  socket.end(JSON.stringify(told));
}

function refusalOf(error: unknown): object {
  if (error instanceof HonmaruError) return { code: error.code, message: error.text, remedy: error.remedy };
  const { message } = error as Error;
  return { code: 'volume-snapshot', message: text(message, message) };
}

async function wordsOf(socket: Socket): Promise<string> {
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MILLISECONDS);
  const parts: Buffer[] = [];
  let length = 0;
  // Ending the question must not end the answer.
  for await (const part of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new Error('the question is too long');
    parts.push(part);
  }
  clearTimeout(timer);
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Asks the process that serves a volume for a snapshot of this moment.
 *
 * @param out an absolute path
 * @returns undefined where nobody answers for the volume.
 * @throws InputError what that process refuses.
 */
export async function askForSnapshot(
  path: string,
  out: string,
): Promise<Pick<VolumeMetadata, 'id' | 'size' | 'keyId'> | undefined> {
  const socket = connect({ path: socketOf(path), allowHalfOpen: true });
  try {
    await once(socket, 'connect');
  } catch {
    return undefined;
  }
  socket.end(JSON.stringify({ snapshot: out }));
  const parts: Buffer[] = [];
  for await (const part of socket as AsyncIterable<Buffer>) parts.push(part);
  const told = JSON.parse(Buffer.concat(parts).toString('utf8'));
  if (told.made) return told.made;
  throw new InputError(told.refused);
}
