import { type IncomingMessage, request } from 'node:http';
import type { ConsoleEvent } from '../../src/api/contract.ts';
import type { ConsoleClient } from './console-client.ts';

/** An open event stream. */
export interface Heard {
  /** The next event that fits, also one that came already. @throws Error after half a minute */
  next(fits: (event: ConsoleEvent) => boolean): Promise<ConsoleEvent>;
  close(): void;
}

const PATIENCE_MILLISECONDS = 30_000;

/** Listens to the events of the console, from `hello` on. */
export async function listen(client: ConsoleClient): Promise<Heard> {
  const events: ConsoleEvent[] = [];
  let wake: () => void = () => undefined;
  const sent = request({
    host: '127.0.0.1',
    port: client.origin.port,
    path: '/api/events',
    headers: { host: client.origin.host, cookie: client.cookie, accept: 'text/event-stream' },
  });
  sent.end();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve);
    sent.on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`GET /api/events: ${response.statusCode}`);
  let rest = '';
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    rest += chunk;
    const parts = rest.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)) as ConsoleEvent);
    }
    wake();
  });
  const heard: Heard = {
    async next(fits) {
      const until = performance.now() + PATIENCE_MILLISECONDS;
      while (performance.now() < until) {
        const at = events.findIndex(fits);
        if (at >= 0) return events.splice(0, at + 1)[at] as ConsoleEvent;
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 50);
        });
      }
      throw new Error(`no such event: ${JSON.stringify(events)}`);
    },
    close: () => sent.destroy(),
  };
  await heard.next(({ kind }) => kind === 'hello');
  return heard;
}
