import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WIRE_LIMITS } from '../limits.ts';
import { hasBody } from './reply.ts';

export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Writes an answer into a socket, with the headers that node:http adds.
 *
 * @param last whether the connection is closed after it.
 * @returns false when the client has to read first.
 * @throws TypeError when a header is none of HTTP's; nothing was written then.
 */
export function writeAnswer(socket: Socket, { status, headers, body }: PlainAnswer, last: boolean): boolean {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`;
  for (const name in headers) {
    const value = headers[name] ?? '';
    if (!NAME.test(name) || !VALUE.test(value)) throw new TypeError(`the header ${name} cannot be sent`);
    head += `${name}: ${value}\r\n`;
  }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (status !== 204) head += `content-length: ${length}\r\n`;
  head += `Date: ${dateNow()}\r\n${last ? CLOSE : KEEP}`;
  if (!hasBody(undefined, status) || length === 0) return socket.write(head, 'latin1');
  // Every character is one byte then, so that head and body are one text.
  if (body.length === length && typeof body === 'string') return socket.write(head + body, 'latin1');
  if (typeof body !== 'string' && length <= MOST_COPIED) return socket.write(together(head, body));
  socket.cork();
  socket.write(head, 'latin1');
  const taken = socket.write(body);
  socket.uncork();
  return taken;
}

/** Two pieces in one write cost more than copying a short one. */
const MOST_COPIED = 16 * 1024;

function together(head: string, body: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(head.length + body.byteLength);
  bytes.write(head, 'latin1');
  bytes.set(body, head.length);
  return bytes;
}

const CLOSE = 'Connection: close\r\n\r\n';
const KEEP = `Connection: keep-alive\r\nKeep-Alive: timeout=${WIRE_LIMITS.keepAliveMilliseconds / 1000}\r\n\r\n`;

let latestSecond = Number.NaN;
let latestDate = '';

/** The date in the form of HTTP; it changes each second. */
function dateNow(): string {
  const now = Date.now();
  const second = Math.floor(now / 1000);
  if (second !== latestSecond) {
    latestDate = new Date(now).toUTCString();
    latestSecond = second;
  }
  return latestDate;
}
