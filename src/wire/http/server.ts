import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { WIRE_LIMITS } from '../limits.ts';
import type { WireResponse } from '../message.ts';
import { type IncomingRequest, incomingRequest } from './incoming.ts';
import { overdue } from './overdue.ts';
import { type BodyBudget, type BodyRefusal, readBody } from './read-body.ts';

export interface FrontOptions {
  /** Answers a request; what it throws becomes a 500 without details. */
  handle(request: IncomingRequest, requestId: string): Promise<WireResponse>;
  onDefect(error: unknown): void;
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  readonly limits?: Partial<Limits>;
}

type Limits = { readonly [Name in keyof typeof WIRE_LIMITS]: number };

/**
 * The HTTP server in front of everything: bounded in sizes, times and numbers, and never answering with a
 * stack trace. Request ids are made here, so that also what is refused early has one.
 */
export function frontServer(options: FrontOptions): Server {
  const limits: Limits = { ...WIRE_LIMITS, ...options.limits };
  const budget: BodyBudget = { held: 0, most: limits.heldBytes };
  const answering = overdue(limits.answerMilliseconds);
  let working = 0;

  function serve(message: IncomingMessage, response: ServerResponse): void {
    const requestId = randomUUID();
    if (working >= limits.concurrent) {
      refuse(response, requestId, 503, 'ServiceUnavailable', 'Too many requests are being worked on.');
      return;
    }
    working += 1;
    readBody(message, limits.bodyBytes, budget, (read) => {
      if (typeof read !== 'string') {
        answerTo(message, response, requestId, read);
        return;
      }
      working -= 1;
      refuseBody(response, requestId, read);
    });
  }

  async function answerTo(
    message: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    body: Buffer,
  ): Promise<void> {
    const done = () => {
      working -= 1;
      budget.held -= body.length;
    };
    // Whether a late answer took effect is open.
    const started = answering.begin(() => {
      refuse(response, requestId, 503, 'ServiceUnavailable', 'The answer takes too long; ask again.');
      done();
    });
    try {
      const answer = await options.handle(incomingRequest(message, body), requestId);
      if (answering.end(started)) send(response, message.method, answer, done);
    } catch (error) {
      options.onDefect(error);
      if (answering.end(started)) done();
      if (response.headersSent) return;
      refuse(response, requestId, 500, 'InternalFailure', 'The request failed because of an unknown error.');
    }
  }

  const settings = {
    maxHeaderSize: limits.headerBytes,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: limits.checkMilliseconds,
  };
  const server = options.tls ? createTlsServer({ ...settings, ...options.tls }) : createServer(settings);
  server.headersTimeout = limits.headerMilliseconds;
  server.keepAliveTimeout = limits.keepAliveMilliseconds;
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    response.on('error', ignore);
    serve(message, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseSocket(error, socket as Socket));
  return server;
}

const BODY_REFUSALS: Readonly<Record<Exclude<BodyRefusal, 'aborted'>, readonly [number, string, string]>> = {
  'too-large': [413, 'RequestEntityTooLarge', 'The request body is too large.'],
  'no-memory': [503, 'ServiceUnavailable', 'Too much is being received at once.'],
};

function refuseBody(response: ServerResponse, requestId: string, refusal: BodyRefusal): void {
  if (refusal === 'aborted') {
    response.destroy();
    return;
  }
  const [status, code, message] = BODY_REFUSALS[refusal];
  refuse(response, requestId, status, code, message);
}

/** Answers in JSON, because nothing is known yet of the protocol, and closes the connection. */
function refuse(
  response: ServerResponse,
  requestId: string,
  status: number,
  code: string,
  message: string,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ __type: code, message });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': code,
    connection: 'close',
  });
  response.end(body);
}

const SOCKET_ANSWERS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is no HTTP at all still gets an answer with a request id. */
function refuseSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = SOCKET_ANSWERS[error.code ?? ''] ?? '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nx-amzn-requestid: ${randomUUID()}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  );
}

function ignore(): void {}

/** @param done told when the answer needs nothing more of the request. */
function send(
  response: ServerResponse,
  method: string | undefined,
  { status, headers, body }: WireResponse,
  done: () => void,
): void {
  if (body instanceof Readable) {
    response.on('close', done);
    body.on('error', () => response.destroy());
    response.writeHead(status, headers);
    body.pipe(response);
    return;
  }
  done();
  const bodiless = method === 'HEAD' || status === 204 || status === 304;
  const head: string[] = [];
  for (const name in headers) head.push(name, headers[name] ?? '');
  if (status !== 204) head.push('content-length', String(lengthOf(body)));
  response.writeHead(status, head);
  response.end(bodiless ? undefined : body);
}

function lengthOf(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}
