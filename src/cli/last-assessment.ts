import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { HonmaruError } from '../kernel/errors.ts';
import { stableId } from '../kernel/ids.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { collection } from '../store/collection.ts';
import { put } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import type { OptionDefinition, Terminal } from './command.ts';

export const DATA_OPTION = {
  data: {
    type: 'string',
    value: 'DIR',
    help: text(
      'where records are kept (default: HONMARU_DATA, else the user’s data directory)',
      '記録の保存先(既定:HONMARU_DATA、なければユーザのデータディレクトリ)',
    ),
  },
} satisfies Record<string, OptionDefinition>;

/** The data directory: `--data`, `HONMARU_DATA`, or `honmaru` in the user's data directory. */
export function dataDirectory(option: string | undefined, terminal: Terminal): string {
  const named = option ?? terminal.environment.HONMARU_DATA;
  if (named) return resolve(terminal.cwd, named);
  return join(terminal.environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'honmaru');
}

/** An assessment with what was read for it, so that its graph can be built again for patches. */
export interface KeptAssessment {
  readonly assessment: Assessment;
  /** Absolute; parameter values are not kept, they may be secrets. */
  readonly paths: readonly string[];
  readonly cwd: string;
  /** Where `honmaru.yaml` lies, or would; absolute. */
  readonly folder?: string;
}

const ASSESSMENTS = collection<KeptAssessment>({
  name: 'assessments',
  indexes: { assessedAt: ({ assessment }) => assessment.assessedAt },
});

/**
 * Keeps an assessment as the last one of its environment, so that `explain` and the next commands need
 * no PATH. A place that cannot be written to is said, and never fails the assessment itself.
 *
 * @returns what was kept under the same name before.
 */
export async function keepAssessment(
  kept: KeptAssessment,
  directory: string,
  report: (problem: HonmaruError) => void,
): Promise<KeptAssessment | undefined> {
  try {
    const store = await openData(directory);
    try {
      const key = stableId('environment', kept.assessment.environment.name);
      const before = await store.get(ASSESSMENTS, key);
      await store.transact({ operations: [put(ASSESSMENTS, key, kept)] });
      return before?.value;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof HonmaruError)) throw error;
    report(error);
    return undefined;
  }
}

/** The kept assessments, newest first; one per environment. */
export async function* keptAssessments(directory: string): AsyncIterable<KeptAssessment> {
  if (!existsSync(join(directory, FILE))) return;
  const store = await openData(directory);
  try {
    for (let after: string | undefined; ; ) {
      const page = await store.list(ASSESSMENTS, {
        index: 'assessedAt',
        descending: true,
        limit: 1,
        ...(after === undefined ? {} : { after }),
      });
      for (const { value } of page.records) yield value;
      if (page.next === undefined) return;
      after = page.next;
    }
  } finally {
    await store.close();
  }
}

const FILE = 'honmaru.db';

async function openData(directory: string): Promise<Store> {
  const { openStore } = await import('../store/open.ts');
  return openStore(join(directory, FILE), { collections: [ASSESSMENTS] });
}
