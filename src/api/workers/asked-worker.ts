import { Worker } from 'node:worker_threads';
import { HonmaruError } from '../../kernel/errors.ts';
import type { Text } from '../../kernel/texts.ts';

/** A question to a worker, and what comes back: any number of parts, then an answer or a refusal. */
export interface Question {
  readonly number: number;
  readonly ask: unknown;
}
export type Reply =
  | { readonly number: number; readonly kind: 'part'; readonly part: unknown }
  | { readonly number: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly number: number; readonly kind: 'refused'; readonly code: string; readonly message: Text }
  | { readonly number: number; readonly kind: 'defect'; readonly stack: string };

/** A worker was ended, or ended by itself, before it answered. */
export class WorkerLost extends Error {}

interface Waiting {
  onPart(part: unknown): void;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A thread that is started with the first question, and again after it was lost. */
export interface AskedWorker {
  /** @throws HonmaruError what the worker refuses; WorkerLost; Error for a defect. */
  ask(question: unknown, onPart?: (part: unknown) => void): Promise<unknown>;
  /** Ends the thread: what was asked is lost, the next question starts another one. */
  end(): void;
}

/**
 * @param entry the module that the thread runs, without its extension: sources run in a clone, what was compiled
 * from them in the package.
 * @param lost told when a thread that knew something ended by itself.
 */
export function askedWorker(entry: URL, lost: (error: Error) => void = () => undefined): AskedWorker {
  let running: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined;
  let number = 0;

  function start() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`${entry.href}.${extension}`));
    const waiting = new Map<number, Waiting>();
    const started = { worker, waiting };
    running = started;
    worker.unref();
    worker.on('message', (reply: Reply) => take(started, reply));
    const gone = (error: Error) => {
      if (running !== started) return;
      running = undefined;
      fail(waiting, error);
      lost(error);
    };
    worker.on('error', gone);
    worker.on('exit', (code) => gone(new WorkerLost(`the worker ended (${code})`)));
    return started;
  }

  return {
    ask(question, onPart = () => undefined) {
      const { worker, waiting } = running ?? start();
      number += 1;
      const own = number;
      return new Promise((resolve, reject) => {
        waiting.set(own, { onPart, resolve, reject });
        // Who waits for an answer keeps the process alive.
        worker.ref();
        worker.postMessage({ number: own, ask: question } satisfies Question);
      });
    },
    end() {
      const ended = running;
      running = undefined;
      if (!ended) return;
      fail(ended.waiting, new WorkerLost('the worker was ended'));
      ended.worker.terminate().catch(() => undefined);
    },
  };
}

function take(
  { worker, waiting }: { readonly worker: Worker; readonly waiting: Map<number, Waiting> },
  reply: Reply,
): void {
  const who = waiting.get(reply.number);
  if (!who) return;
  if (reply.kind === 'part') {
    who.onPart(reply.part);
    return;
  }
  waiting.delete(reply.number);
  if (waiting.size === 0) worker.unref();
  if (reply.kind === 'answer') who.resolve(reply.answer);
  else if (reply.kind === 'refused')
    who.reject(new HonmaruError({ code: reply.code, message: reply.message }));
  else who.reject(new Error(reply.stack));
}

function fail(waiting: Map<number, Waiting>, error: Error): void {
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}
