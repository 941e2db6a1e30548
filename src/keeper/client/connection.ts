import { connect, type Socket } from 'node:net';
import { KeeperError, keeperError } from './errors.ts';
import { type Field, frameBytes, frameReader } from './frames.ts';

/** Asks the keeper for one operation. @throws KeeperError */
export type Ask = (operation: string, fields: readonly Field[]) => Promise<readonly Buffer[]>;

export interface KeeperConnection {
  readonly ask: Ask;
  close(): void;
}

interface Waiting {
  resolve(fields: readonly Buffer[]): void;
  reject(error: KeeperError): void;
}

const ATTEMPTS = 20;
const PAUSE_MILLISECONDS = 100;

/**
 * A connection that carries many questions at once; questions of one turn of the event loop leave in one write. It
 * is made at the first question and again after it broke, so that a keeper may be started again meanwhile.
 *
 * @param patient whether to wait up to 2 s for a keeper that is starting.
 */
export function keeperConnection(path: string, patient = true): KeeperConnection {
  let open: Promise<Line> | undefined;
  let closed = false;

  async function line(): Promise<Line> {
    open ??= connected(path, patient ? ATTEMPTS : 1, () => {
      open = undefined;
    });
    try {
      return await open;
    } catch (error) {
      open = undefined;
      throw error;
    }
  }

  return {
    async ask(operation, fields) {
      if (closed) throw new KeeperError('unreachable', 'the connection to the keeper was closed');
      return (await line()).ask(operation, fields);
    },
    close() {
      closed = true;
      open?.then(({ end }) => end()).catch(() => undefined);
    },
  };
}

interface Line {
  readonly ask: Ask;
  end(): void;
}

async function connected(path: string, attempts: number, onEnd: () => void): Promise<Line> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return lineOver(await socketTo(path), onEnd);
    } catch {
      if (attempt >= attempts) throw new KeeperError('unreachable', `no keeper answers at ${path}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}

function socketTo(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function lineOver(socket: Socket, onEnd: () => void): Line {
  const waiting = new Map<number, Waiting>();
  const read = frameReader();
  let next = 0;
  let queued: Buffer[] = [];

  function end(): void {
    onEnd();
    socket.destroy();
    for (const each of waiting.values()) each.reject(new KeeperError('unreachable', 'the keeper is gone'));
    waiting.clear();
  }

  function flush(): void {
    const bytes = queued.length === 1 ? (queued[0] as Buffer) : Buffer.concat(queued);
    queued = [];
    socket.write(bytes);
  }

  socket.on('error', end);
  socket.on('close', end);
  socket.on('data', (chunk) => {
    try {
      for (const { number, fields } of read(chunk)) {
        const asker = waiting.get(number);
        waiting.delete(number);
        if (waiting.size === 0) socket.unref();
        if (asker) settle(asker, fields);
      }
    } catch {
      end();
    }
  });
  socket.unref();

  return {
    end,
    ask(operation, fields) {
      return new Promise((resolve, reject) => {
        next = (next + 1) >>> 0;
        const bytes = frameBytes(next, [operation, ...fields]);
        if (waiting.size === 0) socket.ref();
        waiting.set(next, { resolve, reject });
        if (queued.push(bytes) === 1) setImmediate(flush);
      });
    },
  };
}

function settle(asker: Waiting, [verdict, ...fields]: readonly Buffer[]): void {
  const word = verdict?.toString() ?? '';
  if (word === 'ok') asker.resolve(fields);
  else asker.reject(keeperError(word, fields[0]?.toString() ?? ''));
}
