import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { WireRequest } from '../message.ts';
import { type SignedRequest, splitTarget } from '../sigv4/signed-request.ts';

/** A request whose body was read, before anything about it is believed. */
export interface IncomingRequest {
  readonly signed: SignedRequest;
  readonly wire: WireRequest;
  readonly sourceIp: string;
  readonly secureTransport: boolean;
}

/** What the front door sees of a message of node:http. */
export function incomingRequest(message: IncomingMessage, body: Buffer): IncomingRequest {
  const { rawHeaders, method = '', url: target = '' } = message;
  const headers: [string, string][] = [];
  const byName = new Map<string, string[]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    headers.push([name, value]);
    const before = byName.get(name);
    if (before) before.push(value);
    else byName.set(name, [value]);
  }
  const { path, query } = splitTarget(target);
  return {
    signed: { method, target, headers, body, byName },
    wire: {
      method,
      path,
      query,
      body,
      header: (name) => joined(byName.get(name)),
      get headers() {
        return new Map([...byName].map(([name, values]) => [name, values.join(', ')]));
      },
    },
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    secureTransport: (message.socket as TLSSocket).encrypted === true,
  };
}

function joined(values: readonly string[] | undefined): string | undefined {
  return values && values.length > 1 ? values.join(', ') : values?.[0];
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
