import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { BlockDevice } from '../block-device.ts';
import { ConnectionEnded, connectionOver } from './connection.ts';
import { negotiate } from './negotiate.ts';
import { transmit } from './transmit.ts';

/** Where a device is offered: a Unix socket that only its owner may open, or a port of this machine. */
export type Listening = { readonly socket: string } | { readonly host: string; readonly port: number };

export interface ServedDevice {
  /** The port, where one was asked for. */
  readonly port: number | undefined;
  /** Ends every connection; what was acknowledged is flushed before. */
  stop(): Promise<void>;
}

const MOST_CONNECTIONS = 16;
const NEGOTIATION_MS = 30_000;

/**
 * Offers a device to NBD clients: fixed newstyle, simple replies, read, write, flush, trim, zeroes, FUA.
 *
 * @throws Error of node:net where it cannot listen there.
 */
export async function serveDevice(device: BlockDevice, name: string, at: Listening): Promise<ServedDevice> {
  const open = new Map<Socket, Promise<void>>();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    open.set(
      socket,
      converse(socket, device, name).finally(() => open.delete(socket)),
    );
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, at);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : undefined,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      const conversations = [...open.values()];
      for (const socket of open.keys()) socket.destroy();
      await Promise.all([closed, ...conversations]);
      if (!device.readOnly) device.flush();
    },
  };
}

async function listen(server: Server, at: Listening): Promise<void> {
  if ('socket' in at) server.listen({ path: at.socket });
  else server.listen({ host: at.host, port: at.port });
  await once(server, 'listening');
  if ('socket' in at && process.platform !== 'win32') chmodSync(at.socket, 0o600);
}

/** One client from hello to goodbye. A client that cannot be understood is let go. */
async function converse(socket: Socket, device: BlockDevice, name: string): Promise<void> {
  const connection = connectionOver(socket);
  const patience = setTimeout(() => socket.destroy(), NEGOTIATION_MS);
  try {
    const chosen = await negotiate(connection, { name, size: device.size, readOnly: device.readOnly });
    clearTimeout(patience);
    if (chosen) await transmit(connection, device);
    socket.end();
  } catch (error) {
    socket.destroy(error instanceof ConnectionEnded ? undefined : (error as Error));
  } finally {
    clearTimeout(patience);
  }
}
