import { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { WireResponse } from '../message.ts';
import { messageReply } from './message-reply.ts';
import { type PlainAnswer, writeAnswer } from './plain-answer.ts';
import { type PlainLimits, type PlainRequest, plainRequest } from './plain-request.ts';
import type { Reply } from './reply.ts';

export interface PlainLinesOptions {
  readonly limits: PlainLimits & {
    readonly headerMilliseconds: number;
    readonly keepAliveMilliseconds: number;
    readonly checkMilliseconds: number;
  };
  /** Begins to work on a request; false when it is not taken, and node:http shall say why. */
  serve(request: PlainRequest, reply: Reply, socket: Socket): boolean;
  /** Gives a connection to node:http; what was read of it was put back. */
  handOver(socket: Socket): void;
  /** Nothing came in time. */
  onSilence(socket: Socket): void;
  /** Whether new requests are still wanted. */
  isOpen(): boolean;
}

/** Connections whose requests all came in the plainest form so far. */
export interface PlainLines {
  take(socket: Socket): void;
  /** Ends those that wait for their next request. */
  closeIdle(): void;
  closeAll(): void;
}

/**
 * Serves what clients of AWS send: one whole request at a time on a connection that stays open. It takes a third of what
 * node:http takes for it. A connection on which anything else comes is node:http's from then on.
 */
export function plainLines(options: PlainLinesOptions): PlainLines {
  const { checkMilliseconds } = options.limits;
  const lines = new Set<PlainLine>();
  let timer: NodeJS.Timeout | undefined;

  /** One timer for all: moving a timer of each connection on at each read and write costs more than looking at all. */
  function look(): void {
    for (const line of lines) line.wait(checkMilliseconds);
    if (lines.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    take(socket) {
      const line = new PlainLine(socket, options, () => lines.delete(line));
      lines.add(line);
      timer ??= setInterval(look, checkMilliseconds).unref();
    },
    closeIdle() {
      for (const line of lines) line.closeIdle();
    },
    closeAll() {
      for (const line of lines) line.abandon();
    },
  };
}

class PlainLine implements Reply {
  readonly #socket: Socket;
  readonly #options: PlainLinesOptions;
  readonly #onGone: () => void;
  #served = false;
  #busy = false;
  #ended = false;
  /** Milliseconds since something came or went. */
  #quiet = 0;
  /** What came while a request was worked on. */
  #early: Buffer[] = [];

  constructor(socket: Socket, options: PlainLinesOptions, onGone: () => void) {
    this.#socket = socket;
    this.#options = options;
    this.#onGone = onGone;
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('close', onGone);
  }

  readonly #onData = (bytes: Buffer): void => {
    if (this.#busy) {
      this.#early.push(bytes);
      this.#socket.pause();
      return;
    }
    const request = plainRequest(bytes, this.#options.limits);
    this.#busy = true;
    if (request && this.#options.serve(request, this, this.#socket)) return;
    this.#handOver(bytes);
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#busy) this.#socket.end();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  #handOver(bytes: Buffer): void {
    const socket = this.#socket;
    this.#onGone();
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    socket.off('error', this.#onError);
    socket.off('close', this.#onGone);
    socket.pause();
    socket.unshift(bytes);
    this.#options.handOver(socket);
    socket.resume();
  }

  send({ status, headers, body }: WireResponse, done: () => void): void {
    if (body instanceof Readable) {
      this.#streamed().send({ status, headers, body }, done);
      return;
    }
    const last = this.#ended || !this.#options.isOpen();
    this.#write({ status, headers, body }, last);
    done();
    if (!last) this.#next();
  }

  refuse(answer: WireResponse): void {
    if (answer.body instanceof Readable) this.abandon();
    else this.#write({ ...answer, body: answer.body }, true);
  }

  abandon(): void {
    this.#socket.destroy();
  }

  /** So much time went by again. */
  wait(milliseconds: number): void {
    if (this.#busy) return;
    const { headerMilliseconds, keepAliveMilliseconds } = this.#options.limits;
    this.#quiet += milliseconds;
    if (this.#served && this.#quiet > keepAliveMilliseconds) this.#socket.destroy();
    if (!this.#served && this.#quiet > headerMilliseconds) this.#options.onSilence(this.#socket);
  }

  closeIdle(): void {
    if (!this.#busy) this.#socket.destroy();
  }

  #write(answer: PlainAnswer, last: boolean): void {
    const socket = this.#socket;
    if (socket.destroyed) return;
    const taken = writeAnswer(socket, answer, last);
    if (last) {
      socket.destroySoon();
    } else if (!taken) {
      socket.pause();
      socket.once('drain', () => socket.resume());
    }
  }

  #next(): void {
    this.#busy = false;
    this.#served = true;
    this.#quiet = 0;
    if (this.#early.length > 0 && !this.#socket.destroyed) this.#handOver(Buffer.concat(this.#early));
  }

  /** An answer of unknown length is left to node:http, which ends the connection after it. */
  #streamed(): Reply {
    const message = { method: 'POST', httpVersionMajor: 1, httpVersionMinor: 1, headers: {} };
    const response = new ServerResponse(message as ConstructorParameters<typeof ServerResponse>[0]);
    response.shouldKeepAlive = false;
    response.assignSocket(this.#socket);
    response.on('finish', () => this.#socket.destroySoon());
    response.on('error', () => this.#socket.destroy());
    return messageReply(response);
  }
}
