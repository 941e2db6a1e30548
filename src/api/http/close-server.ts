import { once } from 'node:events';
import type { Server } from 'node:http';

const LOOK_MILLISECONDS = 10;

/**
 * Stops a server: no new connections, each open one is ended as soon as nothing is answered over it. One over which an
 * answer was still being sent becomes idle only later, and would otherwise be kept for the client's next request.
 *
 * @param grace milliseconds after which answers are cut off.
 */
export async function closeServer(server: Server, grace: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_MILLISECONDS);
  const late = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
