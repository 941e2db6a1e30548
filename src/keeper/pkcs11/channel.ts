import { connect, type Socket } from 'node:net';
import { TokenError } from './cryptoki.ts';
import { type AnswerReader, answerOf, type CallName, callBytes } from './message.ts';

/** A line to a process that serves a PKCS #11 module. Calls are answered in the order in which they were made. */
export interface TokenChannel {
  /** @throws TokenError what the token refuses; ChannelError when the line broke. */
  call(name: CallName, ...args: readonly Buffer[]): Promise<AnswerReader>;
  close(): void;
  readonly open: boolean;
}

/** Nobody answers at the socket, or not in time, or not in the protocol. */
export class ChannelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ChannelError';
  }
}

interface Waiting {
  readonly name: CallName;
  resolve(fields: AnswerReader): void;
  reject(error: Error): void;
}

const VERSION = 0;
const HEAD_BYTES = 12;
/** Nothing that is asked for has a longer answer. */
const MOST_ANSWER_BYTES = 64 * 1024;
const PATIENCE_MILLISECONDS = 10_000;

/** Opens a line to the local socket of `p11-kit server`. @throws ChannelError */
export async function tokenChannel(path: string): Promise<TokenChannel> {
  const socket = await socketTo(path);
  const waiting: Waiting[] = [];
  let greeted = false;
  let open = true;
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  const timer = setTimeout(() => {
    if (waiting.length > 0) end('the token does not answer in time');
  }, PATIENCE_MILLISECONDS).unref();

  function end(why: string): void {
    open = false;
    clearTimeout(timer);
    socket.destroy();
    for (const each of waiting.splice(0)) each.reject(new ChannelError(why));
  }

  function settle(body: Buffer): void {
    const asked = waiting.shift();
    if (!asked) throw new RangeError('an answer to nothing');
    const answer = answerOf(asked.name, Buffer.from(body));
    if ('refused' in answer) asked.reject(new TokenError(answer.refused));
    else asked.resolve(answer.fields);
    timer.refresh();
    if (waiting.length === 0) socket.unref();
  }

  function read(chunk: Buffer): void {
    rest = Buffer.concat([rest, chunk]);
    if (!greeted) {
      if (rest[0] !== VERSION) throw new RangeError('another protocol');
      greeted = true;
      rest = rest.subarray(1);
    }
    while (rest.length >= HEAD_BYTES) {
      const [options, size] = [rest.readUInt32BE(4), rest.readUInt32BE(8)];
      if (options + size > MOST_ANSWER_BYTES) throw new RangeError('an answer that is too long');
      const whole = HEAD_BYTES + options + size;
      if (rest.length < whole) return;
      settle(rest.subarray(HEAD_BYTES + options, whole));
      rest = rest.subarray(whole);
    }
  }

  socket.on('error', (error) => end(error.message));
  socket.on('close', () => end('the token is gone'));
  socket.on('data', (chunk) => {
    try {
      read(chunk);
    } catch (error) {
      end((error as Error).message);
    }
  });
  socket.write(Buffer.of(VERSION));

  return {
    get open() {
      return open;
    },
    call(name, ...args) {
      return new Promise((resolve, reject) => {
        if (!open) return reject(new ChannelError('the token is gone'));
        if (waiting.length === 0) socket.ref();
        waiting.push({ name, resolve, reject });
        timer.refresh();
        number = (number % 0x7fffffff) + 1;
        const body = callBytes(name, args);
        const head = Buffer.alloc(HEAD_BYTES);
        head.writeUInt32BE(number, 0);
        head.writeUInt32BE(body.length, 8);
        socket.write(Buffer.concat([head, body]));
      });
    },
    close: () => end('the line to the token was closed'),
  };
}

function socketTo(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('error', (error) => reject(new ChannelError(error.message)));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
