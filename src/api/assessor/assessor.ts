import type { Language } from '../../kernel/texts.ts';
import type { Patch } from '../contract.ts';
import { type Base, baseOf } from '../environment/base.ts';
import type { EnvironmentSource } from '../environment/read-base.ts';
import { type AskedWorker, askedWorker } from '../workers/asked-worker.ts';
import { inSlices } from '../workers/slices.ts';
import type { Desk, Picture } from './desk.ts';
import { joiner, type Piece } from './pieces.ts';
import type { AssessorQuestion, ReadAnswer } from './question.ts';

/** Reads and assesses in a thread of its own, so that requests are answered meanwhile. */
export interface Assessor {
  /** @throws Error when the thread ends before it answers. */
  read(source: EnvironmentSource, now: Date): Promise<Base>;
  close(): void;
}

/** @param lost told when the thread ended by itself: what it knew of states is gone. */
export function assessor(lost: (error: Error) => void): Assessor {
  const worker = askedWorker(new URL('./worker', import.meta.url), lost);
  const ask = (question: AssessorQuestion, onPart?: (part: unknown) => void) => worker.ask(question, onPart);
  return {
    async read(source, now) {
      const pieces: Piece[] = [];
      const question: AssessorQuestion = { kind: 'read', source, asOf: now.toISOString() };
      const answer = (await ask(question, (part) => pieces.push(part as Piece))) as ReadAnswer;
      const { add, whole } = joiner();
      await inSlices(pieces, add);
      const { state, ...parts } = answer;
      return baseOf({ ...parts, assessment: whole(), desk: remoteDesk(worker, state) });
    },
    close: () => worker.end(),
  };
}

/** The desk of a state that another thread keeps; what it answered once is kept here. */
function remoteDesk(worker: AskedWorker, state: number): Desk {
  const kept = new Map<string, Promise<unknown>>();
  function once<Made>(key: string, make: () => Promise<Made>): Promise<Made> {
    const known = kept.get(key) as Promise<Made> | undefined;
    if (known) return known;
    const making = make();
    kept.set(key, making);
    making.catch(() => kept.delete(key));
    return making;
  }
  const ask = (question: AssessorQuestion) => worker.ask(question);
  return {
    picture: (language: Language) =>
      once(`picture ${language}`, async () => {
        const json = (await ask({ kind: 'picture', state, language })) as string;
        return JSON.parse(json) as Picture;
      }),
    boxes: () =>
      once('boxes', async () => {
        const json = (await ask({ kind: 'boxes', state })) as string;
        return new Map(JSON.parse(json) as [string, string][]);
      }),
    patch: async (safeguard, place) =>
      (await ask({ kind: 'patch', state, safeguard, place })) as Patch | undefined,
    report: async (format, language, decisions) =>
      (await ask({ kind: 'report', state, format, language, decisions })) as string,
    usersOfKey: async (key) => (await ask({ kind: 'users-of-key', state, key })) as readonly string[],
    release() {
      ask({ kind: 'release', state }).catch(() => undefined);
    },
  };
}
