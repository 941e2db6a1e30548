import { parentPort } from 'node:worker_threads';
import { HonmaruError } from '../../kernel/errors.ts';
import type { Question, Reply } from './asked-worker.ts';

/**
 * What a worker's module calls: answers each question, one after the other.
 *
 * @param answer what it throws as a HonmaruError is told as a refusal, all else as a defect.
 */
export function answerQuestions(
  answer: (ask: unknown, part: (part: unknown) => void) => unknown | Promise<unknown>,
): void {
  const port = parentPort;
  if (!port) throw new Error('this module is the entry of a worker');
  const tell = (reply: Reply) => port.postMessage(reply);
  let last: Promise<void> = Promise.resolve();
  port.on('message', ({ number, ask }: Question) => {
    last = last.then(async () => {
      try {
        const given = await answer(ask, (part) => tell({ number, kind: 'part', part }));
        tell({ number, kind: 'answer', answer: given });
      } catch (error) {
        tell(refusalOf(number, error));
      }
    });
  });
}

function refusalOf(number: number, error: unknown): Reply {
  if (error instanceof HonmaruError) {
    return { number, kind: 'refused', code: error.code, message: error.text };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { number, kind: 'defect', stack };
}
