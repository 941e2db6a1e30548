import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { WIRE_LIMITS } from '../limits.ts';
import type { WireResponse } from '../message.ts';
import { type IncomingRequest, incomingRequest, plainIncoming } from './incoming.ts';
import { messageReply } from './message-reply.ts';
import { overdue } from './overdue.ts';
import { type PlainLines, plainLines } from './plain-lines.ts';
import { type BodyBudget, type BodyRefusal, readBody } from './read-body.ts';
import { type Reply, refusal } from './reply.ts';

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
 * stack trace. Request ids are made here, so that also what is refused early has one. Requests in the form that
 * clients of AWS send are read by `plainRequest`, all others by node:http.
 */
export function frontServer(options: FrontOptions): Server {
  const limits: Limits = { ...WIRE_LIMITS, ...options.limits };
  const budget: BodyBudget = { held: 0, most: limits.heldBytes };
  const answering = overdue(limits.answerMilliseconds);
  let working = 0;

  function serve(message: IncomingMessage, response: ServerResponse): void {
    const requestId = randomUUID();
    const reply = messageReply(response);
    if (message.headers.host === undefined && message.httpVersion === '1.1') {
      reply.refuse(refusal(requestId, 400, 'BadRequest', 'The request names no host.'));
      return;
    }
    if (working >= limits.concurrent) {
      const words = 'Too many requests are being worked on.';
      reply.refuse(refusal(requestId, 503, 'ServiceUnavailable', words));
      return;
    }
    working += 1;
    readBody(message, limits.bodyBytes, budget, (read) => {
      if (typeof read !== 'string') {
        answer(incomingRequest(message, read), reply, requestId);
        return;
      }
      working -= 1;
      refuseBody(reply, requestId, read);
    });
  }

  /** What is over a limit is left to the other way, which says so. */
  function servePlain(request: IncomingRequest, reply: Reply): boolean {
    const { length } = request.wire.body;
    if (working >= limits.concurrent || length > limits.bodyBytes) return false;
    if (budget.held + length > budget.most) return false;
    working += 1;
    budget.held += length;
    answer(request, reply, randomUUID());
    return true;
  }

  function answer(request: IncomingRequest, reply: Reply, requestId: string): void {
    const done = () => {
      working -= 1;
      budget.held -= request.wire.body.length;
    };
    // Whether a late answer took effect is open.
    const started = answering.begin(() => {
      const words = 'The answer takes too long; ask again.';
      reply.refuse(refusal(requestId, 503, 'ServiceUnavailable', words));
      done();
    });
    const failed = (error: unknown) => {
      options.onDefect(error);
      if (!answering.end(started)) return;
      done();
      reply.refuse(unknownError(requestId));
    };
    const made = (response: WireResponse) => {
      if (!answering.end(started)) return;
      try {
        reply.send(response, done);
      } catch (error) {
        options.onDefect(error);
        done();
        reply.refuse(unknownError(requestId));
      }
    };
    options.handle(request, requestId).then(made, failed);
  }

  const settings = {
    maxHeaderSize: limits.headerBytes,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: limits.checkMilliseconds,
    // Node's own answer has no request id.
    requireHostHeader: false,
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
  if (!options.tls) {
    takePlainFirst(server, (handOver) =>
      plainLines({
        limits,
        handOver,
        serve: (request, reply, socket) => servePlain(plainIncoming(request, socket), reply),
        onSilence: (socket) => refuseSocket({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, socket),
        isOpen: () => server.listening,
      }),
    );
  }
  return server;
}

/** Puts the plain lines between a server's socket and its own reading, and under what closes its connections. */
function takePlainFirst(server: Server, make: (handOver: (socket: Socket) => void) => PlainLines): void {
  const whole = server.listeners('connection') as ((socket: Socket) => void)[];
  const lines = make((socket) => {
    for (const listener of whole) listener.call(server, socket);
  });
  server.removeAllListeners('connection');
  server.on('connection', lines.take);
  const { closeIdleConnections, closeAllConnections } = server;
  server.closeIdleConnections = () => {
    closeIdleConnections.call(server);
    lines.closeIdle();
  };
  server.closeAllConnections = () => {
    closeAllConnections.call(server);
    lines.closeAll();
  };
}

function unknownError(requestId: string): WireResponse {
  return refusal(requestId, 500, 'InternalFailure', 'The request failed because of an unknown error.');
}

const BODY_REFUSALS: Readonly<Record<Exclude<BodyRefusal, 'aborted'>, readonly [number, string, string]>> = {
  'too-large': [413, 'RequestEntityTooLarge', 'The request body is too large.'],
  'no-memory': [503, 'ServiceUnavailable', 'Too much is being received at once.'],
};

function refuseBody(reply: Reply, requestId: string, why: BodyRefusal): void {
  if (why === 'aborted') {
    reply.abandon();
    return;
  }
  const [status, code, message] = BODY_REFUSALS[why];
  reply.refuse(refusal(requestId, status, code, message));
}

const SOCKET_ANSWERS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What is no HTTP at all still gets an answer with a request id. */
function refuseSocket(error: Pick<NodeJS.ErrnoException, 'code'>, socket: Socket): void {
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
