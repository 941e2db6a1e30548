import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { WireResponse } from '../message.ts';
import { hasBody, type Reply } from './reply.ts';

/** The way back through a response of node:http. */
export function messageReply(response: ServerResponse): Reply {
  function send({ status, headers, body }: WireResponse, done: () => void, last: boolean): void {
    if (body instanceof Readable) {
      response.writeHead(status, headers);
      response.on('close', done);
      body.on('error', () => response.destroy());
      body.pipe(response);
      return;
    }
    const head: string[] = [];
    for (const name in headers) head.push(name, headers[name] ?? '');
    if (status !== 204) head.push('content-length', String(lengthOf(body)));
    if (last) head.push('connection', 'close');
    response.writeHead(status, head);
    done();
    response.end(hasBody(response.req.method, status) ? body : undefined);
  }

  return {
    send: (answer, done) => send(answer, done, false),
    refuse(answer) {
      if (response.headersSent) response.destroy();
      else send(answer, () => undefined, true);
    },
    abandon: () => response.destroy(),
  };
}

function lengthOf(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}
