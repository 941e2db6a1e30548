import { connect, type Socket } from 'node:net';
import { KeeperError, keeperError } from './errors.ts';
import { type FrameFields, frameReader } from './frame-reader.ts';
import { frameWriter } from './frame-writer.ts';
import type { Field } from './frames.ts';

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
const READ_BYTES = 64 * 1024;
const MOST_TURNS = 4;

/**
 * A connection that carries many questions at once; questions of one turn of the event loop leave in one write. It
 * is made at the first question and again after it broke, so that a keeper may be started again meanwhile.
 *
 * @param patient whether to wait up to 2 s for a keeper that is starting.
 */
export function keeperConnection(path: string, patient = true): KeeperConnection {
  let line: Line | undefined;
  let opening: Promise<Line> | undefined;
  let closed = false;

  async function open(): Promise<Line> {
    opening ??= connected(path, patient ? ATTEMPTS : 1, () => {
      line = undefined;
      opening = undefined;
    });
    try {
      line = await opening;
      return line;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  return {
    ask(operation, fields) {
      if (closed)
        return Promise.reject(new KeeperError('unreachable', 'the connection to the keeper was closed'));
      return line ? line.ask(operation, fields) : open().then((opened) => opened.ask(operation, fields));
    },
    close() {
      closed = true;
      opening?.then(({ end }) => end()).catch(() => undefined);
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
      return await lineTo(path, onEnd);
    } catch {
      if (attempt >= attempts) throw new KeeperError('unreachable', `no keeper answers at ${path}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}

/** Reads into memory of its own, past the machinery of streams: answers are short and many. */
function lineTo(path: string, onEnd: () => void): Promise<Line> {
  return new Promise((resolve, reject) => {
    let onRead: (chunk: Buffer) => void = () => undefined;
    const socket = connect({
      path,
      onread: {
        buffer: Buffer.alloc(READ_BYTES),
        callback(count, buffer) {
          // The answers outlive the memory that they were read into.
          onRead(Buffer.from(buffer.subarray(0, count)));
          return true;
        },
      },
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      const line = lineOver(socket, onEnd);
      onRead = line.read;
      resolve(line);
    });
  });
}

function lineOver(socket: Socket, onEnd: () => void): Line & { read(chunk: Buffer): void } {
  const waiting = askers();
  const writer = frameWriter();
  const readFrames = frameReader(settle);
  let flushing = false;
  let seen = 0;
  let turns = 0;
  let ended = false;

  /** Once: the line that comes after this one must not be taken for it. */
  function end(): void {
    if (ended) return;
    ended = true;
    onEnd();
    socket.destroy();
    for (const each of waiting.takeAll()) each.reject(new KeeperError('unreachable', 'the keeper is gone'));
  }

  /** While each turn brings more questions they are waited for, a few turns at most. */
  function flush(): void {
    if (waiting.size() > seen && turns < MOST_TURNS) {
      seen = waiting.size();
      turns += 1;
      setImmediate(flush);
      return;
    }
    flushing = false;
    if (!socket.destroyed) socket.write(writer.take());
  }

  function settle(frame: FrameFields): void {
    const asker = waiting.take(frame.number);
    if (!asker) return;
    if (waiting.size() === 0) socket.unref();
    const verdict = frame.text();
    const fields: Buffer[] = [];
    while (frame.more) fields.push(frame.bytes());
    if (verdict === 'ok') asker.resolve(fields);
    else asker.reject(keeperError(verdict, fields.map(String)));
  }

  socket.on('error', end);
  socket.on('close', end);
  socket.unref();

  return {
    end,
    read(chunk) {
      try {
        readFrames(chunk);
      } catch {
        end();
      }
    },
    ask(operation, fields) {
      return new Promise((resolve, reject) => {
        if (ended) throw new KeeperError('unreachable', 'the keeper is gone');
        const number = waiting.add({ resolve, reject });
        try {
          writer.write(number, operation, fields);
        } catch (error) {
          waiting.take(number);
          throw error;
        }
        if (waiting.size() === 1) socket.ref();
        if (flushing) return;
        flushing = true;
        turns = 0;
        seen = 0;
        setImmediate(flush);
      });
    },
  };
}

/** Who waits for an answer, by the number of the question. */
interface Askers {
  /** @returns the number that the answer will carry. */
  add(asker: Waiting): number;
  take(number: number): Waiting | undefined;
  takeAll(): readonly Waiting[];
  size(): number;
}

/**
 * Askers stand in places that are used again, not in a `Map`: one of which much is deleted is rehashed all the time, and
 * a former table that grew old holds on to whatever stood in those after it until the next full collection.
 */
function askers(): Askers {
  const places: (Waiting | undefined)[] = [];
  const free: number[] = [];
  return {
    add(asker) {
      const number = free.pop() ?? places.length;
      places[number] = asker;
      return number;
    },
    take(number) {
      const asker = places[number];
      if (asker === undefined) return undefined;
      places[number] = undefined;
      free.push(number);
      return asker;
    },
    takeAll() {
      const all = places.filter((each) => each !== undefined);
      places.length = 0;
      free.length = 0;
      return all;
    },
    size: () => places.length - free.length,
  };
}
