import type { Fix } from '../contract.ts';
import { refuse } from '../http/problem.ts';
import { askedWorker, WorkerLost } from '../workers/asked-worker.ts';
import type { FixQuestion } from './question.ts';

/** Plans fixes beside the server: planning reads and assesses the files several times. */
export interface FixPlanner {
  /** @throws Refusal 503 when others wait already, or when it takes too long. */
  plan(question: FixQuestion): Promise<Omit<Fix, 'revision'>>;
  close(): void;
}

const PATIENCE_MILLISECONDS = 30_000;
const IDLE_MILLISECONDS = 60_000;
const MOST_WAITING = 4;

export function fixPlanner(): FixPlanner {
  const worker = askedWorker(new URL('./worker', import.meta.url));
  let waiting = 0;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function planned(question: FixQuestion): Promise<Omit<Fix, 'revision'>> {
    const timer = setTimeout(() => worker.end(), PATIENCE_MILLISECONDS);
    try {
      return (await worker.ask(question)) as Omit<Fix, 'revision'>;
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      throw refuse(
        503,
        'fix-late',
        'planning the change takes too long here: use honmaru fix on the command line',
        '変更の計算に時間がかかりすぎるため中止しました。コマンド honmaru fix を使ってください',
      );
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async plan(question) {
      if (waiting >= MOST_WAITING) {
        throw refuse(
          503,
          'fix-busy',
          'others ask for changes at this moment; try again',
          '他の変更を計算中です。しばらくしてやり直してください',
        );
      }
      waiting += 1;
      clearTimeout(idle);
      const planning = last.then(() => planned(question));
      last = planning.catch(() => undefined);
      try {
        return await planning;
      } finally {
        waiting -= 1;
        if (waiting === 0) idle = setTimeout(() => worker.end(), IDLE_MILLISECONDS).unref();
      }
    },
    close() {
      clearTimeout(idle);
      worker.end();
    },
  };
}
