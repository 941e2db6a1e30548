import { createConnection, type Socket } from 'node:net';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Makes requests to KMS as the bytes that a client sends, signed once. */
export function requestMaker(endpoint: string, credentials: Credentials) {
  const { host, hostname, port } = new URL(endpoint);
  const signer = new SignatureV4({ service: 'kms', region: 'us-east-1', sha256: Sha256, credentials });
  return async (target: string, input: object): Promise<Buffer> => {
    const body = JSON.stringify(input);
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: '/',
      query: {},
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${target}`,
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    });
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  };
}

export interface Answer {
  readonly head: string;
  readonly body: string;
}

/** A connection that sends one request after the other. */
export async function connection(port: number) {
  const socket = await connected(port);
  let waiting = '';
  let settle: ((answer: Answer) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  socket.on('error', (error) => fail?.(error));
  socket.on('close', () => fail?.(new Error('the connection was closed')));
  socket.on('data', (chunk) => {
    waiting += chunk.toString('latin1');
    const end = waiting.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = waiting.slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (waiting.length < end + 4 + length) return;
    const body = waiting.slice(end + 4, end + 4 + length);
    waiting = waiting.slice(end + 4 + length);
    if (head.startsWith('HTTP/1.1 200')) settle?.({ head, body });
    else fail?.(new Error(`${head}\n${body}`.slice(0, 500)));
  });
  return {
    /** @throws Error when the answer is not a 200. */
    send: (request: Buffer): Promise<Answer> =>
      new Promise((resolve, reject) => {
        settle = resolve;
        fail = reject;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
    socket.setNoDelay(true);
  });
}
