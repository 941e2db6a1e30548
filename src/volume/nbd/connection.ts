import { once } from 'node:events';
import type { Socket } from 'node:net';
import { byteReader } from '../../envelope/index.ts';

/** One client: bytes in lengths of the reader's choice, and answers that wait for a slow reader. */
export interface Connection {
  /** Exactly `length` bytes. @throws ConnectionEnded */
  read(length: number): Promise<Buffer>;
  /** Sends parts in order. */
  send(...parts: readonly Uint8Array[]): Promise<void>;
}

/** The client went away, or said something after which nothing can be understood. */
export class ConnectionEnded extends Error {}

export function connectionOver(socket: Socket): Connection {
  const reader = byteReader(socket);
  return {
    async read(length) {
      const bytes = await reader.read(length);
      if (bytes.length < length) throw new ConnectionEnded('the client has closed');
      return bytes;
    },
    async send(...parts) {
      socket.cork();
      let room = true;
      for (const part of parts) room = socket.write(part);
      socket.uncork();
      if (socket.destroyed) throw new ConnectionEnded('the client has closed');
      if (!room) await roomIn(socket);
    },
  };
}

async function roomIn(socket: Socket): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]);
  } finally {
    settled.abort();
  }
}
