import { chmodSync, existsSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { HonmaruError } from '../kernel/errors.ts';
import { joinTexts, verbatim } from '../kernel/texts.ts';
import { KeeperError } from './client/errors.ts';
import { type FrameFields, frameReader } from './client/frame-reader.ts';
import { frameWriter } from './client/frame-writer.ts';
import type { SealedVault } from './seal/sealed-vault.ts';

const MOST_CONNECTIONS = 64;
/** How long an answer may wait for those that are made after it. */
const PATIENCE_MILLISECONDS = 5;

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
  const writer = frameWriter();
  let unsent = false;
  let sentAt = 0;

  /** Answers leave together: those of one chunk of questions, or of one turn, but none waits longer for others. */
  function send(number: number, verdict: string, fields: readonly (Buffer | string)[]): void {
    writer.write(number, verdict, fields);
    if (unsent && performance.now() - sentAt > PATIENCE_MILLISECONDS) {
      flush();
      return;
    }
    if (unsent) return;
    unsent = true;
    sentAt = performance.now();
    queueMicrotask(flush);
  }

  function flush(): void {
    if (!unsent) return;
    unsent = false;
    const bytes = writer.take();
    if (socket.destroyed) bytes.fill(0);
    else socket.write(bytes, () => bytes.fill(0));
  }

  function refuse(number: number, error: unknown): void {
    const refusal = refusalOf(error);
    if (!refusal) onDefect(error);
    const { code, text } = refusal ?? new KeeperError('request', 'defect');
    send(number, code, text.en === text.ja ? [text.en] : [text.en, text.ja]);
  }

  function answer(frame: FrameFields): void {
    const { number } = frame;
    try {
      const made = vault.answer(frame.text(), frame);
      if (made instanceof Promise) {
        made.then(
          (parts) => send(number, 'ok', parts),
          (error) => refuse(number, error),
        );
      } else send(number, 'ok', made);
    } catch (error) {
      refuse(number, error);
    }
  }

  const read = frameReader(answer);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      read(chunk);
    } catch {
      socket.destroy();
    }
  });
}

/** What the operator has to mend, as of a key file, is told like a refusal; of a defect nothing is. */
function refusalOf(error: unknown): KeeperError | undefined {
  if (error instanceof KeeperError) return error;
  if (!(error instanceof HonmaruError)) return undefined;
  const { text, remedy } = error;
  return new KeeperError('unseal', remedy ? joinTexts([text, remedy], verbatim(' — ')) : text);
}
