import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { WireRequest } from '../message.ts';
import { type SignedRequest, splitTarget } from '../sigv4/signed-request.ts';
import type { PlainRequest } from './plain-request.ts';

/** A request whose body was read, before anything about it is believed. */
export interface IncomingRequest {
  readonly signed: SignedRequest;
  readonly wire: WireRequest;
  readonly sourceIp: string;
  readonly secureTransport: boolean;
}

/** What the front door sees of a message of node:http. */
export function incomingRequest(message: IncomingMessage, body: Buffer): IncomingRequest {
  const { method = '', url: target = '', socket } = message;
  return plainIncoming({ method, target, byName: headersByName(message.rawHeaders), body }, socket);
}

/** What it sees of a request that was not read by node:http. */
export function plainIncoming(
  { method, target, byName, body }: PlainRequest,
  socket: Socket,
): IncomingRequest {
  const { path, query } = splitTarget(target);
  return {
    signed: new SignedMessage(method, target, body, byName),
    wire: new ReceivedRequest(method, path, query, body, byName),
    sourceIp: plainAddress(socket.remoteAddress ?? ''),
    secureTransport: (socket as TLSSocket).encrypted === true,
  };
}

function headersByName(rawHeaders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const before = byName.get(name);
    if (before) before.push(value);
    else byName.set(name, [value]);
  }
  return byName;
}

const MAPPED = '::ffff:';

/** An address of IPv4 that a socket of IPv6 shows in its own form. */
function plainAddress(address: string): string {
  return address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address;
}

/** A request as its signature is verified. */
class SignedMessage implements SignedRequest {
  readonly method: string;
  readonly target: string;
  readonly body: Buffer;
  readonly byName: ReadonlyMap<string, readonly string[]>;

  constructor(method: string, target: string, body: Buffer, byName: ReadonlyMap<string, readonly string[]>) {
    this.method = method;
    this.target = target;
    this.body = body;
    this.byName = byName;
  }

  get headers(): readonly (readonly [string, string])[] {
    return [...this.byName].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  }
}

/** A request as the protocols read it; a class, because one is made for every request. */
class ReceivedRequest implements WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  readonly #byName: ReadonlyMap<string, readonly string[]>;

  constructor(
    method: string,
    path: string,
    query: string,
    body: Buffer,
    byName: ReadonlyMap<string, readonly string[]>,
  ) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.body = body;
    this.#byName = byName;
  }

  header(name: string): string | undefined {
    const values = this.#byName.get(name);
    return values && values.length > 1 ? values.join(', ') : values?.[0];
  }

  get headers(): ReadonlyMap<string, string> {
    return new Map([...this.#byName].map(([name, values]) => [name, values.join(', ')]));
  }
}

/** The same request with another path or body. */
export function changedRequest(
  request: WireRequest,
  {
    path = request.path,
    body = request.body,
    headers,
  }: { readonly path?: string; readonly body?: Buffer; readonly headers?: ReadonlyMap<string, string> },
): WireRequest {
  return {
    method: request.method,
    path,
    query: request.query,
    body,
    header: (name) => (headers ? headers.get(name) : request.header(name)),
    get headers() {
      return headers ?? request.headers;
    },
  };
}

/** A request as the protocols read it. */
export function wireRequest(
  method: string,
  target: string,
  headers: ReadonlyMap<string, string>,
  body: Buffer,
): WireRequest {
  const { path, query } = splitTarget(target);
  return { method, path, query, headers, body, header: (name) => headers.get(name) };
}
