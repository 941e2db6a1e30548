import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DECISIONS } from '../../decisions/home.ts';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Risk } from '../../model/risk.ts';
import type { Store } from '../../store/store.ts';
import type { Invocation, Terminal } from '../command.ts';
import { dataDirectory, keptAssessments } from '../last-assessment.ts';

/** Runs something with the store of the data directory open. */
export async function withStore<T>(
  invocation: Invocation,
  terminal: Terminal,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const directory = dataDirectory(invocation.option('data'), terminal);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore(join(directory, 'honmaru.db'), { collections: [DECISIONS] });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * The last assessment.
 *
 * @throws UsageError `no-assessment`.
 */
export async function lastAssessment(invocation: Invocation, terminal: Terminal): Promise<Assessment> {
  for await (const { assessment } of keptAssessments(dataDirectory(invocation.option('data'), terminal)))
    return assessment;
  throw new UsageError({
    code: 'no-assessment',
    message: text('nothing was assessed yet', 'まだ評価が行われていません'),
    remedy: text('run honmaru assess PATH first', '先に honmaru assess PATH を実行してください'),
  });
}

/**
 * The risk that an operand names by its id or the beginning of it.
 *
 * @throws UsageError `risk-id` when none or several begin so.
 */
export function riskNamed({ risks }: Assessment, id: string | undefined): Risk {
  const found = id ? risks.filter((risk) => risk.id === id || risk.id.startsWith(id)) : [];
  const [risk] = found;
  if (risk && found.length === 1) return risk;
  throw new UsageError({
    code: 'risk-id',
    message: text(
      `"${id ?? ''}" names ${found.length} risks of the last assessment, not one`,
      `「${id ?? ''}」に当たるリスクは最後の評価に${found.length}件あります(1件でなければなりません)`,
    ),
    remedy: text('honmaru risk list shows the ids', 'honmaru risk list でIDを確認できます'),
  });
}
