import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ConsoleEvent } from '../contract.ts';
import { warningsOf } from '../environment/warnings.ts';
import type { ConsoleHost } from '../host.ts';
import { actorOf } from '../sign-in/actor.ts';
import { sessionOf } from '../sign-in/session-records.ts';
import { refuse } from './problem.ts';

const BEAT_MILLISECONDS = 5_000;
const MOST_STREAMS = 500;
const MOST_WAITING = 1_000;

/** The event streams of a console. */
export interface EventStreams {
  answer(context: Context, cookie: string | undefined): Response;
  close(): void;
}

export function eventStreams(host: ConsoleHost): EventStreams {
  const open = new Set<() => void>();
  let closed = false;
  return {
    answer(context, cookie) {
      if (open.size >= MOST_STREAMS) {
        throw refuse(503, 'streams', 'too many pages listen already', '接続数が上限に達しています');
      }
      return streamSSE(context, async (stream) => {
        const waiting: ConsoleEvent[] = [hello(host)];
        let wake: () => void = () => undefined;
        let ended = closed;
        const end = () => {
          ended = true;
          wake();
        };
        open.add(end);
        stream.onAbort(end);
        const unsubscribe = host.workspace.subscribe((event) => {
          if (waiting.length < MOST_WAITING) waiting.push(event);
          wake();
        });
        const endSeal = host.seal.subscribe(() => {
          if (waiting.length < MOST_WAITING) waiting.push(sealEvent(host));
          wake();
        });
        try {
          while (!ended) {
            const event = waiting.shift();
            if (event) {
              await stream.writeSSE({ data: JSON.stringify(event) });
              continue;
            }
            const isBeat = await beatOrWake((resolve) => {
              wake = resolve;
            });
            if (!isBeat) continue;
            if (!(await isSignedIn(host, cookie))) {
              await stream.writeSSE({ data: JSON.stringify({ kind: 'signed-out' } satisfies ConsoleEvent) });
              return;
            }
            await stream.write(': beat\n\n');
          }
        } finally {
          unsubscribe();
          endSeal();
          open.delete(end);
        }
      });
    },
    close() {
      closed = true;
      for (const end of open) end();
    },
  };
}

function hello({ workspace, seal }: ConsoleHost): ConsoleEvent {
  const { revision, banner, base } = workspace.view();
  const sealed = seal.now();
  return {
    kind: 'hello',
    revision,
    ...(banner && { banner }),
    warnings: base.memo(warningsOf),
    ...(sealed && { seal: sealed }),
  };
}

function sealEvent({ workspace, seal }: ConsoleHost): ConsoleEvent {
  const sealed = seal.now();
  return { kind: 'seal', revision: workspace.view().revision, ...(sealed && { seal: sealed }) };
}

/** True when the time of a beat has passed, false when there is something to send or it is over. */
function beatOrWake(register: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, BEAT_MILLISECONDS, true);
    register(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

async function isSignedIn(host: ConsoleHost, cookie: string | undefined): Promise<boolean> {
  const session = await sessionOf(host.platform.store, cookie, host.platform.now());
  return session?.value.state === 'signed-in' && (await actorOf(host, session)) !== undefined;
}
